package io.aircheck.core.picture;

/**
 * What several detectors need to know of one picture, computed once per picture in as few passes
 * over the samples as possible. All figures are on the 8-bit scale whatever the bit depth. Groups
 * that no detector asks for are not computed.
 *
 * <p>Large pictures are looked at on a part of their rows: every {@code n}-th, {@code n} odd so
 * that both fields of interlaced pictures are seen, and at least 216 rows; colour is looked at on
 * fewer.
 *
 * <p>Borrowed for as long as the picture's view, arrays included.
 */
public interface PictureAnalysis {

  /** Level statistics of the luma plane. */
  LumaStatistics luma();

  /**
   * A small picture: the mean luma of each cell of {@link PictureGrid}, 0..255 with fractions,
   * {@link PictureGrid#CELLS} values; do not write.
   */
  float[] thumbnail();

  /** Difference to the previous picture of the track; {@link MotionStatistics#NONE} without one. */
  MotionStatistics motion();

  /** Mean colour per cell. */
  ChromaStatistics chroma();
}
