package io.aircheck.detectors.level;

import io.aircheck.core.picture.PictureGrid;

/**
 * How much the content of two thumbnails with bars of different sizes is the same: the better
 * normalised cross-correlation of two hypotheses. The content was stretched or squeezed from one
 * active area to the other, or it stayed where it was and bars cover or uncover a part of it.
 */
final class ContentMatch {
  /** Edges of bars lie within a cell; these places are tried. */
  private static final double[] EDGES = {0.17, 0.5, 0.83};

  private static final double[] NO_BAR = {0};

  /** Points compared across the active area, and how near to its edges. */
  private static final int POINT_ROWS = 16;

  private static final int POINT_COLUMNS = 24;
  private static final double MARGIN = 0.05;

  /** Standard deviation below which there is nothing to compare, 8-bit scale. */
  private static final double FLAT = 2;

  private final double[] before = new double[POINT_ROWS * POINT_COLUMNS];
  private final double[] after = new double[POINT_ROWS * POINT_COLUMNS];

  /** A thumbnail and the bars around its content, in cells on each side. */
  record Boxed(float[] cells, int barRows, int barColumns) {}

  /**
   * Compares two pictures.
   *
   * @return correlation -1..1; 0 where either shows nothing to compare
   */
  double correlation(Boxed earlier, Boxed later) {
    return Math.max(covered(earlier, later), stretched(earlier, later));
  }

  /**
   * Mean absolute difference of the cells that are bar in one picture and content in the other,
   * 8-bit scale: small when content fades or scenes brighten, large when bars come or go at once.
   */
  static double barChange(Boxed earlier, Boxed later) {
    int rows = Math.min(earlier.barRows, later.barRows);
    int columns = Math.min(earlier.barColumns, later.barColumns);
    int innerRows = Math.max(earlier.barRows, later.barRows);
    int innerColumns = Math.max(earlier.barColumns, later.barColumns);
    double sum = 0;
    int count = 0;
    for (int row = rows; row < PictureGrid.ROWS - rows; row++) {
      for (int column = columns; column < PictureGrid.COLUMNS - columns; column++) {
        boolean content =
            row >= innerRows
                && row < PictureGrid.ROWS - innerRows
                && column >= innerColumns
                && column < PictureGrid.COLUMNS - innerColumns;
        if (!content) {
          int at = row * PictureGrid.COLUMNS + column;
          sum += Math.abs(earlier.cells[at] - later.cells[at]);
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private double covered(Boxed earlier, Boxed later) {
    double top = edge(Math.max(earlier.barRows, later.barRows));
    double left = edge(Math.max(earlier.barColumns, later.barColumns));
    sample(earlier.cells, top, left, before);
    sample(later.cells, top, left, after);
    return correlate();
  }

  private double stretched(Boxed earlier, Boxed later) {
    double best = -1;
    for (double earlierRow : edges(earlier.barRows)) {
      for (double earlierColumn : edges(earlier.barColumns)) {
        sample(
            earlier.cells,
            earlier.barRows + earlierRow,
            earlier.barColumns + earlierColumn,
            before);
        for (double laterRow : edges(later.barRows)) {
          for (double laterColumn : edges(later.barColumns)) {
            sample(later.cells, later.barRows + laterRow, later.barColumns + laterColumn, after);
            best = Math.max(best, correlate());
          }
        }
      }
    }
    return best;
  }

  private static double[] edges(int bar) {
    return bar == 0 ? NO_BAR : EDGES;
  }

  /** The cell at the edge of a bar holds a part of it. */
  private static double edge(int bar) {
    return bar == 0 ? 0 : bar + 1;
  }

  private static void sample(float[] cells, double top, double left, double[] points) {
    double height = PictureGrid.ROWS - 2 * top;
    double width = PictureGrid.COLUMNS - 2 * left;
    for (int i = 0; i < POINT_ROWS; i++) {
      double y = top + height * place(i, POINT_ROWS) - 0.5;
      for (int j = 0; j < POINT_COLUMNS; j++) {
        double x = left + width * place(j, POINT_COLUMNS) - 0.5;
        points[i * POINT_COLUMNS + j] = interpolate(cells, y, x);
      }
    }
  }

  private static double place(int index, int count) {
    return MARGIN + (1 - 2 * MARGIN) * (index + 0.5) / count;
  }

  private static double interpolate(float[] cells, double y, double x) {
    int row = Math.clamp((int) y, 0, PictureGrid.ROWS - 2);
    int column = Math.clamp((int) x, 0, PictureGrid.COLUMNS - 2);
    double down = Math.clamp(y - row, 0, 1);
    double right = Math.clamp(x - column, 0, 1);
    int at = row * PictureGrid.COLUMNS + column;
    double upper = cells[at] + right * (cells[at + 1] - cells[at]);
    int below = at + PictureGrid.COLUMNS;
    double lower = cells[below] + right * (cells[below + 1] - cells[below]);
    return upper + down * (lower - upper);
  }

  private double correlate() {
    int count = before.length;
    double sumBefore = 0;
    double sumAfter = 0;
    for (int i = 0; i < count; i++) {
      sumBefore += before[i];
      sumAfter += after[i];
    }
    double squaresBefore = 0;
    double squaresAfter = 0;
    double products = 0;
    for (int i = 0; i < count; i++) {
      double b = before[i] - sumBefore / count;
      double a = after[i] - sumAfter / count;
      squaresBefore += b * b;
      squaresAfter += a * a;
      products += b * a;
    }
    if (Math.min(squaresBefore, squaresAfter) < count * FLAT * FLAT) {
      return 0;
    }
    return products / Math.sqrt(squaresBefore * squaresAfter);
  }
}
