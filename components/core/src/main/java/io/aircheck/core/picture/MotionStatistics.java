package io.aircheck.core.picture;

/**
 * Difference of luma between a picture and the one before, 8-bit scale.
 *
 * @param available whether there was a previous picture to compare with
 * @param meanAbsoluteDifference mean of |difference| over the picture, 0..255
 * @param cells mean of |difference| per cell of {@link PictureGrid}, {@link PictureGrid#CELLS}
 *     values, all 0 when not available; do not write
 */
public record MotionStatistics(boolean available, double meanAbsoluteDifference, float[] cells) {
  /** Nothing to compare with. */
  public static final MotionStatistics NONE =
      new MotionStatistics(false, 0, new float[PictureGrid.CELLS]);
}
