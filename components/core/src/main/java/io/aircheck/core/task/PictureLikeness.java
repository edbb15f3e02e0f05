package io.aircheck.core.task;

import io.aircheck.core.picture.PictureGrid;
import java.util.Arrays;

/**
 * A thumbnail that is kept, and how far it is from others. Area means of luma on the 8-bit scale,
 * in quarter levels.
 */
final class PictureLikeness {
  /** Differences up to which two pictures are two codings of one: the mean, and the largest. */
  private static final double SAME_MEAN_LEVELS = 0.3;

  private static final double SAME_MOST_LEVELS = 1.5;

  /** Cells that are most different: what is wrong in a part of the picture is not averaged away. */
  private static final int MOST_DIFFERENT = PictureGrid.CELLS / 100;

  /**
   * How much a cell may change, of the range of levels around it: renditions are scaled by filters
   * of their own, which shifts edges by a fraction of a cell.
   */
  private static final double OF_RANGE = 0.2;

  private static final int QUARTERS = 4;

  private final short[] cells;

  /**
   * @param thumbnail see {@link io.aircheck.core.picture.AreaMeans}
   */
  PictureLikeness(float[] thumbnail) {
    cells = new short[thumbnail.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) Math.round(thumbnail[i] * QUARTERS);
    }
  }

  /** Whether it is another coding of the same picture. */
  boolean isSame(PictureLikeness other) {
    int most = 0;
    for (int i = 0; i < cells.length; i++) {
      most = Math.max(most, Math.abs(cells[i] - other.cells[i]));
    }
    return most <= SAME_MOST_LEVELS * QUARTERS && meanDifference(other) <= SAME_MEAN_LEVELS;
  }

  /** Mean difference of the cells, in levels. */
  double meanDifference(PictureLikeness other) {
    long sum = 0;
    for (int i = 0; i < cells.length; i++) {
      sum += Math.abs(cells[i] - other.cells[i]);
    }
    return (double) sum / QUARTERS / cells.length;
  }

  /**
   * How far the hundredth of the cells that differs most is from another picture, beyond what
   * scaling explains, in levels: the mean of that hundredth.
   */
  double worstDifference(PictureLikeness reference) {
    double[] beyond = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      double explained = OF_RANGE * reference.rangeAround(i);
      beyond[i] = Math.max(0, Math.abs(cells[i] - reference.cells[i]) - explained);
    }
    Arrays.sort(beyond);
    double sum = 0;
    for (int i = beyond.length - MOST_DIFFERENT; i < beyond.length; i++) {
      sum += beyond[i];
    }
    return sum / QUARTERS / MOST_DIFFERENT;
  }

  /** Largest less smallest of a cell and its neighbours. */
  private int rangeAround(int cell) {
    int column = cell % PictureGrid.COLUMNS;
    int row = cell / PictureGrid.COLUMNS;
    int least = cells[cell];
    int most = least;
    for (int y = Math.max(0, row - 1); y <= Math.min(PictureGrid.ROWS - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1);
          x <= Math.min(PictureGrid.COLUMNS - 1, column + 1);
          x++) {
        int value = cells[y * PictureGrid.COLUMNS + x];
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return most - least;
  }
}
