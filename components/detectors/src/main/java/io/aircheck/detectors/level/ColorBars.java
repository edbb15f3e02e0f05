package io.aircheck.detectors.level;

import io.aircheck.core.picture.ChromaStatistics;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureGrid;

/**
 * Whether a picture shows colour bars: vertical bands of equal width, each of one colour, in the
 * order yellow, cyan, green, magenta, red, blue, as in EBU Tech 3325, ITU-R BT.471, SMPTE EG 1 and
 * SMPTE RP 219. White, grey or black bands beside them and whatever is below are free.
 *
 * <p>A band is known by the angle of its chroma, which neither amplitude (75 or 100 %), nor range,
 * nor the matrix (BT.601 or BT.709) turns by more than {@value #MAX_HUE_ERROR_DEGREES} degrees.
 */
public final class ColorBars {
  /** Rows looked at: within the coloured part of every standard pattern (RP 219: upper 7/12). */
  private static final int FIRST_ROW = 3;

  private static final int LAST_ROW = 13;

  /** Chroma nearer to neutral than this has no hue; 75 % bars have 60 and more. */
  private static final double MIN_CHROMA = 30;

  /** Largest difference within a column of cells, luma or chroma, 8-bit scale. */
  private static final double MAX_COLUMN_SPREAD = 12;

  private static final double MAX_HUE_ERROR_DEGREES = 18;

  /** Narrowest and widest band in cells: bands of 1/7 of a third of the width to 1/6 of it all. */
  private static final int MIN_BAND = 2;

  private static final int MAX_BAND = 9;

  /** Columns between two bands that show a mixture of them. */
  private static final int MAX_TRANSITION = 2;

  // atan2(Cr - 128, Cb - 128) of the primaries and their complements, mean of BT.601 and BT.709.
  private static final double[] HUES = {
    angle(-0.5, 0.0635), // yellow
    angle(0.1283, -0.5), // cyan
    angle(-0.3584, -0.4365), // green
    angle(0.3584, 0.4365), // magenta
    angle(-0.1417, 0.5), // red
    angle(0.5, -0.0636), // blue
  };

  private ColorBars() {}

  /** Whether the picture shows colour bars. */
  public static boolean test(PictureAnalysis analysis) {
    float[] luma = analysis.thumbnail();
    // Cheap, and true of few pictures: colour is looked at only then.
    int uniform = 0;
    for (int column = 0; column < PictureGrid.COLUMNS; column++) {
      if (spread(luma, column) <= MAX_COLUMN_SPREAD) {
        uniform++;
      }
    }
    return uniform >= HUES.length * MIN_BAND && bandsInOrder(luma, analysis.chroma());
  }

  private static boolean bandsInOrder(float[] luma, ChromaStatistics chroma) {
    int next = 0;
    int band = 0;
    int transition = 0;
    int narrowest = Integer.MAX_VALUE;
    int widest = 0;
    for (int column = 0; column < PictureGrid.COLUMNS; column++) {
      int hue = hue(column, luma, chroma);
      if (band > 0 && hue == next) {
        band++;
        continue;
      }
      if (band > 0) {
        narrowest = Math.min(narrowest, band);
        widest = Math.max(widest, band);
        if (next == HUES.length - 1) {
          break;
        }
        next++;
        band = 0;
        transition = 0;
      }
      if (hue == next) {
        band = 1;
      } else if (next > 0 && ++transition > MAX_TRANSITION) {
        return false;
      }
    }
    boolean complete = next == HUES.length - 1 && (band > 0 || widest > 0);
    if (band > 0) {
      narrowest = Math.min(narrowest, band);
      widest = Math.max(widest, band);
    }
    return complete
        && narrowest >= MIN_BAND
        && widest <= MAX_BAND
        && widest - narrowest <= MAX_TRANSITION;
  }

  /** Index of the hue of a column of cells, or -1 when it is not of one colour. */
  private static int hue(int column, float[] luma, ChromaStatistics chroma) {
    if (spread(luma, column) > MAX_COLUMN_SPREAD
        || spread(chroma.cb(), column) > MAX_COLUMN_SPREAD
        || spread(chroma.cr(), column) > MAX_COLUMN_SPREAD) {
      return -1;
    }
    double u = 0;
    double v = 0;
    for (int row = FIRST_ROW; row <= LAST_ROW; row++) {
      u += chroma.cb()[row * PictureGrid.COLUMNS + column] - 128;
      v += chroma.cr()[row * PictureGrid.COLUMNS + column] - 128;
    }
    int rows = LAST_ROW - FIRST_ROW + 1;
    if (Math.hypot(u, v) < MIN_CHROMA * rows) {
      return -1;
    }
    double angle = Math.toDegrees(Math.atan2(v, u));
    for (int i = 0; i < HUES.length; i++) {
      double error = Math.abs(angle - HUES[i]);
      if (Math.min(error, 360 - error) <= MAX_HUE_ERROR_DEGREES) {
        return i;
      }
    }
    return -1;
  }

  private static double spread(float[] cells, int column) {
    float low = Float.MAX_VALUE;
    float high = -Float.MAX_VALUE;
    for (int row = FIRST_ROW; row <= LAST_ROW; row++) {
      float cell = cells[row * PictureGrid.COLUMNS + column];
      low = Math.min(low, cell);
      high = Math.max(high, cell);
    }
    return high - low;
  }

  private static double angle(double cb, double cr) {
    return Math.toDegrees(Math.atan2(cr, cb));
  }
}
