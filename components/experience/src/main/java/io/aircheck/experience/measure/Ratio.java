package io.aircheck.experience.measure;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is made of sums when it is asked for, and never stored: a mean of ratios is not the ratio of
 * the whole.
 */
public enum Ratio {
  FAILED_VIEWS_PERCENT("%", Measure.FAILED_VIEWS, Measure.VIEWS, 100),
  EXITS_BEFORE_START_PERCENT("%", Measure.EXITS_BEFORE_START, Measure.VIEWS, 100),
  START_FAILURE_PERCENT("%", Measure.START_FAILURES, Measure.VIEWS, 100),
  PLAYBACK_FAILURE_PERCENT("%", Measure.PLAYBACK_FAILURES, Measure.PLAYS, 100),
  PLAYBACK_FAILURES_PER_HOUR("1/h", Measure.PLAYBACK_FAILURES, Measure.PLAYING_MILLIS, 3_600_000),
  STARTUP_SECONDS("s", Measure.STARTUP_MILLIS, Measure.STARTUPS, 1e-3),
  STARTING_PERCENT("%", Measure.STARTING_MILLIS, Measure.WATCHED_MILLIS, 100),
  REBUFFERING_PERCENT("%", Measure.STALLED_MILLIS, Measure.WATCHED_MILLIS, 100),
  SEEKING_PERCENT("%", Measure.SEEKING_MILLIS, Measure.WATCHED_MILLIS, 100),
  STALLS_PER_VIEW("stalls", Measure.STALLS, Measure.VIEWS, 1),
  STALLS_PER_HOUR("1/h", Measure.STALLS, Measure.PLAYING_MILLIS, 3_600_000),
  STALL_SECONDS("s", Measure.STALLED_MILLIS, Measure.STALLS, 1e-3),
  BITRATE_KBPS("kbit/s", Measure.BITS, Measure.BITRATE_MILLIS, 1),
  QUALITY_PERCENT("%", Measure.QUALITY_MILLIS, Measure.LADDER_MILLIS, 100),
  LATENCY_SECONDS("s", Measure.LATENCY_AREA, Measure.LATENCY_MILLIS, 1e-3),
  WATCHED_MINUTES_PER_VIEW("min", Measure.WATCHED_MILLIS, Measure.VIEWS, 1.0 / 60_000),
  LOST_PERCENT("%", Measure.LOST, Measure.EXPECTED_REPORTS, 100);

  private final String unit;
  private final Measure over;
  private final Measure under;
  private final double scale;

  Ratio(String unit, Measure over, Measure under, double scale) {
    this.unit = unit;
    this.over = over;
    this.under = under;
    this.scale = scale;
  }

  /** Its name in interfaces, such as {@code rebufferingPercent}. */
  public String id() {
    StringBuilder id = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
      id.append(id.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return id.toString();
  }

  /** Its unit. */
  public String unit() {
    return unit;
  }

  /** What is divided. */
  public Measure over() {
    return over;
  }

  /** What it is divided by. */
  public Measure under() {
    return under;
  }

  /** The quotient is multiplied by this. */
  public double scale() {
    return scale;
  }

  /** Its value for these sums; empty where there is nothing to divide by. */
  public OptionalDouble of(Measures sums) {
    long divisor = sums.get(under);
    return divisor <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(scale * sums.get(over) / divisor);
  }
}
