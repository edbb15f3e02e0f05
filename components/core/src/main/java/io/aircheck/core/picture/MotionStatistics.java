package io.aircheck.core.picture;

/**
 * Difference of luma between a picture and the one before, 8-bit scale.
 *
 * @param available whether there was a previous picture to compare with
 * @param meanAbsoluteDifference mean of |difference| over all samples, 0..255
 */
public record MotionStatistics(boolean available, double meanAbsoluteDifference) {
  /** Nothing to compare with. */
  public static final MotionStatistics NONE = new MotionStatistics(false, 0);
}
