package io.aircheck.audience.crowd;

/** When viewers come. */
public sealed interface Arrivals {
  /**
   * So many come by a Poisson process between two moments: under the condition of their number,
   * their times are independent, with the density of the curve.
   */
  record Flow(long viewers, DayCurve curve) implements Arrivals {
    /**
     * @throws IllegalArgumentException without a viewer
     */
    public Flow {
      requireSome(viewers);
    }
  }

  /**
   * So many watch at any time: whoever leaves is replaced at once.
   *
   * @param rampMillis time in which the first ones come
   */
  record Standing(long viewers, long rampMillis) implements Arrivals {
    /**
     * @throws IllegalArgumentException without a viewer, or if the time is negative
     */
    public Standing {
      requireSome(viewers);
      if (rampMillis < 0) {
        throw new IllegalArgumentException("ramp is " + rampMillis + " ms");
      }
    }
  }

  private static void requireSome(long viewers) {
    if (viewers < 1) {
      throw new IllegalArgumentException("viewers are " + viewers + ", must be at least 1");
    }
  }
}
