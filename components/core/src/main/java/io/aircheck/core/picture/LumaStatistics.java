package io.aircheck.core.picture;

/**
 * Level statistics of the luma plane of one picture, 8-bit scale, from a regular sample of at least
 * some ten thousand positions of a large picture.
 *
 * @param mean mean luma, 0..255
 * @param histogram share of samples per code value, 256 entries that sum to 1; do not write
 */
public record LumaStatistics(double mean, float[] histogram) {

  /**
   * The smallest code value that at least a share of the samples does not exceed.
   *
   * @param share 0..1
   */
  public int percentile(double share) {
    double sum = 0;
    for (int value = 0; value < histogram.length; value++) {
      sum += histogram[value];
      // The shares are floats: their sum misses 1 by some 1e-6.
      if (sum >= share - 1e-5 && sum > 0) {
        return value;
      }
    }
    return histogram.length - 1;
  }

  /** Share of samples with a code value above a level, 0..1. */
  public double shareAbove(int level) {
    double sum = 0;
    for (int value = Math.max(0, level + 1); value < histogram.length; value++) {
      sum += histogram[value];
    }
    return sum;
  }
}
