package io.aircheck.audience.crowd;

/**
 * How many come at which time of the day: a cosine around the mean. Immutable.
 *
 * @param swing how far it departs from the mean, as a share of it: 0 is the same all day; below 1
 * @param peakHour hour of the day, UTC, at which most come
 */
public record DayCurve(double swing, double peakHour) {
  /** The same all day. */
  public static final DayCurve CONSTANT = new DayCurve(0, 0);

  /** Television: the peak is at half past eight in the evening. */
  public static final DayCurve EVENING = new DayCurve(0.8, 20.5);

  private static final double DAY_MILLIS = 86_400_000;
  private static final int HALVINGS = 60;

  /**
   * @throws IllegalArgumentException if the swing is not from 0 to below 1
   */
  public DayCurve {
    if (!(swing >= 0 && swing < 1)) {
      throw new IllegalArgumentException("swing is " + swing + ", must be from 0 to below 1");
    }
  }

  /** How many come at a moment, as a multiple of the mean of the day. */
  public double at(long epochMillis) {
    return 1 + swing * Math.cos(phase((double) epochMillis));
  }

  /**
   * The moment up to which a share of all come who come between two moments.
   *
   * @param share from 0 to 1
   */
  public long momentOf(double share, long fromMillis, long toMillis) {
    if (swing == 0) {
      return fromMillis + Math.round(share * (toMillis - fromMillis));
    }
    double from = integral((double) fromMillis);
    double wanted = from + share * (integral((double) toMillis) - from);
    double low = fromMillis;
    double high = toMillis;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (integral(middle) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.round(low);
  }

  /** Integral of {@link #at} up to a moment. */
  private double integral(double epochMillis) {
    return epochMillis + swing * DAY_MILLIS / (2 * Math.PI) * Math.sin(phase(epochMillis));
  }

  private double phase(double epochMillis) {
    return 2 * Math.PI * (epochMillis / DAY_MILLIS - peakHour / 24);
  }
}
