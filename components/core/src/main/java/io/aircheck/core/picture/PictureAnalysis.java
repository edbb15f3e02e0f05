package io.aircheck.core.picture;

/**
 * What several detectors need to know of one picture, computed once per picture in as few passes
 * over the samples as possible. All luma figures are on the 8-bit scale whatever the bit depth.
 * Groups that no detector asks for are not computed. Borrowed for as long as the picture's view.
 */
public interface PictureAnalysis {

  /** Level statistics of the luma plane. */
  LumaStatistics luma();

  /** Difference to the previous picture of the track; {@link MotionStatistics#NONE} without one. */
  MotionStatistics motion();
}
