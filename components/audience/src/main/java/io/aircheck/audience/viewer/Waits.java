package io.aircheck.audience.viewer;

import java.util.random.RandomGenerator;

/** Draws lengths of time, milliseconds, at least one. */
final class Waits {
  /** Standard deviation of the logarithm: nine of ten are within a factor of 2.7 of the median. */
  private static final double SPREAD = 0.6;

  private static final double LONGEST_MILLIS = 86_400_000;

  private Waits() {}

  /** Log-normal around a median in seconds. */
  static long around(double medianSeconds, RandomGenerator random) {
    return millis(medianSeconds * 1000 * Math.exp(SPREAD * random.nextGaussian()));
  }

  /** Exponential with a mean in seconds. */
  static long exponential(double meanSeconds, RandomGenerator random) {
    return millis(meanSeconds * 1000 * random.nextExponential());
  }

  private static long millis(double drawn) {
    return Math.round(Math.clamp(drawn, 1, LONGEST_MILLIS));
  }
}
