package io.aircheck.experience.cause;

/** Which way something changed. */
public enum Direction {
  RISE,
  FALL;

  /** How much more than expected, in this direction; negative if it is the other way. */
  double excess(double actual, double expected) {
    return this == RISE ? actual - expected : expected - actual;
  }
}
