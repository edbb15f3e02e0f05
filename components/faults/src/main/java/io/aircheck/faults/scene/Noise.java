package io.aircheck.faults.scene;

/** Repeatable randomness: numbers that are a function of a seed and a position. */
final class Noise {
  private Noise() {}

  /** From 0 inclusive to 1 exclusive; the mixing steps of SplitMix64. */
  static double at(long seed, long x, long y) {
    long z = seed * 0x9E3779B97F4A7C15L + x * 0xBF58476D1CE4E5B9L + y * 0x94D049BB133111EBL;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
  }

  /**
   * Smooth noise that repeats: from 0 to 1, with one random value per unit of {@code x} and {@code
   * y} and a smooth course in between.
   *
   * @param period units after which it repeats in x
   */
  static double smooth(long seed, double x, double y, int period) {
    long left = (long) Math.floor(x);
    long top = (long) Math.floor(y);
    double u = ease(x - left);
    double v = ease(y - top);
    long right = Math.floorMod(left + 1, period);
    left = Math.floorMod(left, period);
    double upper = mix(at(seed, left, top), at(seed, right, top), u);
    double lower = mix(at(seed, left, top + 1), at(seed, right, top + 1), u);
    return mix(upper, lower, v);
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }
}
