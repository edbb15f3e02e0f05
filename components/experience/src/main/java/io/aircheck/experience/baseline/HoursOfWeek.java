package io.aircheck.experience.baseline;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a ratio was made of in each hour of the week, as a mean over weeks in which the latest weigh
 * more. Immutable; two kilobytes once it has anything.
 */
public final class HoursOfWeek {
  private static final int DAYS = 7;
  private static final int HOURS = 24;
  private static final int SLOTS = DAYS * HOURS;

  /** A new week weighs at least so much, so that habits may change. */
  private static final double LEAST_WEIGHT = 0.25;

  /** One day or week may have been a bad one. */
  private static final int LEAST_VISITS = 2;

  /** Nothing is known. */
  public static final HoursOfWeek NONE = new HoursOfWeek(new float[0]);

  /** Sums divided, sums to divide by, and numbers of weeks, each by hour of the week. */
  private final float[] planes;

  private HoursOfWeek(float[] planes) {
    this.planes = planes;
  }

  /**
   * The inverse of {@link #toArray}.
   *
   * @throws IllegalArgumentException if it is of another length
   */
  public static HoursOfWeek of(float[] planes) {
    checkLength(planes.length);
    return planes.length == 0 ? NONE : new HoursOfWeek(planes.clone());
  }

  /**
   * Checks how many values an array has.
   *
   * @throws IllegalArgumentException if hours of the week never have so many
   */
  public static void checkLength(int values) {
    if (values != 0 && values != 3 * SLOTS) {
      throw new IllegalArgumentException(values + " values for hours of a week");
    }
  }

  /** All that is known, for a snapshot. */
  public float[] toArray() {
    return planes.clone();
  }

  /** What was divided by in an hour, on average of those that are known; 0: none is. */
  public double traffic() {
    double traffic = 0;
    int known = 0;
    for (int slot = 0; slot < SLOTS && planes.length > 0; slot++) {
      traffic += planes[SLOTS + slot];
      known += planes[2 * SLOTS + slot] > 0 ? 1 : 0;
    }
    return traffic / Math.max(1, known);
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return planes.length == 0;
  }

  /** The hour of the week that a moment is in, 0..167 from Monday. */
  static int slot(long millis, ZoneId zone) {
    ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(zone);
    return (time.getDayOfWeek().getValue() - 1) * HOURS + time.getHour();
  }

  /** With an hour of one more week. */
  HoursOfWeek with(int slot, double over, double under) {
    float[] next = planes.length == 0 ? new float[3 * SLOTS] : planes.clone();
    float visits = next[2 * SLOTS + slot] + 1;
    double weight = Math.max(LEAST_WEIGHT, 1 / visits);
    next[slot] = (float) (next[slot] * (1 - weight) + over * weight);
    next[SLOTS + slot] = (float) (next[SLOTS + slot] * (1 - weight) + under * weight);
    next[2 * SLOTS + slot] = visits;
    return new HoursOfWeek(next);
  }

  /**
   * What is usual in an hour of the week: its own weeks, if there are two, else the median of the
   * same hour of all days, if there are two.
   */
  Optional<Usual> usual(int slot) {
    if (planes.length == 0) {
      return Optional.empty();
    }
    if (planes[2 * SLOTS + slot] >= LEAST_VISITS && planes[SLOTS + slot] > 0) {
      return Optional.of(new Usual(planes[slot] / planes[SLOTS + slot], planes[SLOTS + slot]));
    }
    double[] ratios = new double[DAYS];
    double under = 0;
    int days = 0;
    for (int at = slot % HOURS; at < SLOTS; at += HOURS) {
      if (planes[2 * SLOTS + at] > 0 && planes[SLOTS + at] > 0) {
        ratios[days++] = planes[at] / planes[SLOTS + at];
        under += planes[SLOTS + at];
      }
    }
    if (days < LEAST_VISITS) {
      return Optional.empty();
    }
    Arrays.sort(ratios, 0, days);
    double median = (ratios[(days - 1) / 2] + ratios[days / 2]) / 2;
    return Optional.of(new Usual(median, under));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HoursOfWeek that && Arrays.equals(planes, that.planes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(planes);
  }

  @Override
  public String toString() {
    return "HoursOfWeek[" + (planes.length == 0 ? "none" : Arrays.hashCode(planes)) + "]";
  }
}
