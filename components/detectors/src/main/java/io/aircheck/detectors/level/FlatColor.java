package io.aircheck.detectors.level;

import io.aircheck.core.picture.PictureGrid;

/** Whether cells have one value all over, but for a small share such as a logo. */
public final class FlatColor {
  /** Share of cells that may deviate. */
  private static final double DEVIATING = 0.02;

  private FlatColor() {}

  /**
   * Whether all cells but a few are close to their common mean.
   *
   * @param tolerance largest distance from the mean, 8-bit scale
   */
  public static boolean test(float[] cells, double tolerance) {
    double mean = mean(cells);
    int deviating = 0;
    for (float cell : cells) {
      if (Math.abs(cell - mean) > tolerance) {
        deviating++;
      }
    }
    return deviating <= DEVIATING * PictureGrid.CELLS;
  }

  /** Mean of the cells. */
  static double mean(float[] cells) {
    double sum = 0;
    for (float cell : cells) {
      sum += cell;
    }
    return sum / cells.length;
  }
}
