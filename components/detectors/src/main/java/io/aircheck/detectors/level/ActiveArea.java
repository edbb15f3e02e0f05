package io.aircheck.detectors.level;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.picture.PictureGrid;

/**
 * Black bars around the content of a picture, in cells: rows or columns of cells that are black all
 * along, as many on either side, with content that begins right beside them all along.
 */
final class ActiveArea {
  /** A bar is no brighter than this above black, 8-bit scale, and no less even. */
  private static final float MAX_ABOVE_BLACK = 5;

  private static final float MAX_SPREAD = 3;

  /** Content that begins beside a bar is this bright above black, 8-bit scale ... */
  private static final float CONTENT_ABOVE_BLACK = 12;

  /** ... along this share of the bar. */
  private static final double CONTENT_SHARE = 0.75;

  /** Enough content beside a bar where it appears or vanishes from one picture to the next. */
  private static final double EDGE_SHARE = 0.4;

  /** The outermost cells of a bar may hold a line or two of content, 8-bit scale above black. */
  private static final float MAX_OUTERMOST = 24;

  /** Narrowest bars: one row or column of cells may be dark by chance. */
  private static final int MIN_BAR = 2;

  private int barRows;
  private int barColumns;
  private boolean known;
  private boolean edged;

  /** Measures a picture. */
  void measure(float[] cells, ColorRange range) {
    float black = range.black();
    int top = 0;
    while (top < PictureGrid.ROWS && rowIsBar(cells, top, black, top == 0)) {
      top++;
    }
    int bottom = 0;
    while (bottom < PictureGrid.ROWS - top
        && rowIsBar(cells, PictureGrid.ROWS - 1 - bottom, black, bottom == 0)) {
      bottom++;
    }
    int lastRow = PictureGrid.ROWS - 1 - bottom;
    int left = 0;
    while (left < PictureGrid.COLUMNS && columnIsBar(cells, left, top, lastRow, black, left == 0)) {
      left++;
    }
    int right = 0;
    while (right < PictureGrid.COLUMNS - left
        && columnIsBar(cells, PictureGrid.COLUMNS - 1 - right, top, lastRow, black, right == 0)) {
      right++;
    }
    int lastColumn = PictureGrid.COLUMNS - 1 - right;
    // The cell beside a bar may hold a part of it: content must be all along in the next.
    double besideRows =
        Math.min(
            contentOfRow(cells, top + 1, left, lastColumn, black),
            contentOfRow(cells, lastRow - 1, left, lastColumn, black));
    double besideColumns =
        Math.min(
            contentOfColumn(cells, left + 1, top, lastRow, black),
            contentOfColumn(cells, lastColumn - 1, top, lastRow, black));
    barRows = symmetric(top, bottom) ? Math.min(top, bottom) : 0;
    barColumns = symmetric(left, right) ? Math.min(left, right) : 0;
    boolean none =
        top <= lastRow
            && left <= lastColumn
            && Math.min(top, bottom) < MIN_BAR
            && Math.min(left, right) < MIN_BAR;
    double beside = Math.min(besideRows, besideColumns);
    known = none || beside >= CONTENT_SHARE;
    if (barRows > 0 && barColumns > 0) {
      // What a spot of light leaves looks like this.
      edged = beside >= CONTENT_SHARE;
    } else if (barRows > 0) {
      edged = besideRows >= EDGE_SHARE;
    } else {
      edged = none || barColumns > 0 && besideColumns >= EDGE_SHARE;
    }
  }

  /**
   * Whether there are no bars, or content reaches the bars and the borders all around; otherwise it
   * may just be dark.
   */
  boolean known() {
    return known;
  }

  /**
   * Whether there are no bars, or some content begins right beside them: not enough to tell bars
   * from darkness in one picture, but in two that differ in nothing else.
   */
  boolean edged() {
    return edged;
  }

  /** Rows of cells of the bar at the top and at the bottom. */
  int barRows() {
    return barRows;
  }

  /** Columns of cells of the bar at the left and at the right. */
  int barColumns() {
    return barColumns;
  }

  private static boolean symmetric(int one, int other) {
    return Math.min(one, other) >= MIN_BAR && Math.abs(one - other) <= 1;
  }

  private static boolean rowIsBar(float[] cells, int row, float black, boolean outermost) {
    return isBar(cells, row * PictureGrid.COLUMNS, 1, PictureGrid.COLUMNS, black, outermost);
  }

  private static boolean columnIsBar(
      float[] cells, int column, int top, int lastRow, float black, boolean outermost) {
    return top <= lastRow
        && isBar(
            cells,
            top * PictureGrid.COLUMNS + column,
            PictureGrid.COLUMNS,
            lastRow - top + 1,
            black,
            outermost);
  }

  private static boolean isBar(
      float[] cells, int first, int step, int count, float black, boolean outermost) {
    float low = Float.MAX_VALUE;
    float high = 0;
    for (int i = 0, at = first; i < count; i++, at += step) {
      low = Math.min(low, cells[at]);
      high = Math.max(high, cells[at]);
    }
    return outermost
        ? high <= black + MAX_OUTERMOST
        : high <= black + MAX_ABOVE_BLACK && high - low <= MAX_SPREAD;
  }

  private static double contentOfRow(
      float[] cells, int row, int firstColumn, int lastColumn, float black) {
    if (row < 0 || row >= PictureGrid.ROWS || firstColumn > lastColumn) {
      return 0;
    }
    return content(
        cells, row * PictureGrid.COLUMNS + firstColumn, 1, lastColumn - firstColumn + 1, black);
  }

  private static double contentOfColumn(
      float[] cells, int column, int firstRow, int lastRow, float black) {
    if (column < 0 || column >= PictureGrid.COLUMNS || firstRow > lastRow) {
      return 0;
    }
    return content(
        cells,
        firstRow * PictureGrid.COLUMNS + column,
        PictureGrid.COLUMNS,
        lastRow - firstRow + 1,
        black);
  }

  /** Share of the cells that are content, 0..1. */
  private static double content(float[] cells, int first, int step, int count, float black) {
    int content = 0;
    for (int i = 0, at = first; i < count; i++, at += step) {
      if (cells[at] > black + CONTENT_ABOVE_BLACK) {
        content++;
      }
    }
    return (double) content / count;
  }
}
