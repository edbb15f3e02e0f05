package io.aircheck.detectors.level;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.picture.ChromaStatistics;
import io.aircheck.core.picture.LumaStatistics;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureGrid;

/**
 * Whether a picture is black. Cells rather than samples are judged, so that noise averages out, and
 * neighbouring cells are compared, so that a dark scene, whose cells differ, is told from black
 * with noise, whose cells are equal. Black bars around the content pass by themselves: the content
 * decides.
 */
final class Blackness {
  /** Level, 0..1 from black to white, below which structure is not visible either. */
  private static final double INVISIBLE = 0.025;

  /** Share of pairs of neighbours that may differ: two bar edges are at most 6 % of the pairs. */
  private static final double DIFFERING_PAIRS = 0.1;

  /** Level, 0..1, of something small that is visible on black, such as text. */
  private static final double TEXT_LEVEL = 0.4;

  /** Mean chroma further from neutral than this is a colour, not black. */
  private static final double NEUTRAL = 12;

  /** Part of width and height, from each corner, in which a station logo may be. */
  private static final double CORNER = 0.25;

  private static final int CORNER_COLUMNS = (int) (PictureGrid.COLUMNS * CORNER);
  private static final int CORNER_ROWS = (int) (PictureGrid.ROWS * CORNER);
  private static final int PAIRS = 2 * PictureGrid.CELLS - PictureGrid.COLUMNS - PictureGrid.ROWS;

  private final double maxLevel;
  private final double maxStructure;
  private final double maxBrightShare;
  private final double maxLogoShare;
  private final double maxTextShare;
  private double meanLuma;
  private double brightShare;

  /**
   * @param maxLevel highest level of a black cell, 0..1 from black to white
   * @param maxStructure highest difference of neighbouring cells, 8-bit scale
   * @param maxBrightShare share of cells away from the corners that may be brighter
   * @param maxLogoShare share of cells, in the corners, that may be brighter
   * @param maxTextShare share of samples that may be as bright as text, where there is no logo
   */
  Blackness(
      double maxLevel,
      double maxStructure,
      double maxBrightShare,
      double maxLogoShare,
      double maxTextShare) {
    this.maxLevel = maxLevel;
    this.maxStructure = maxStructure;
    this.maxBrightShare = maxBrightShare;
    this.maxLogoShare = maxLogoShare;
    this.maxTextShare = maxTextShare;
  }

  /** Judges a picture. */
  boolean test(PictureAnalysis analysis, ColorRange range) {
    float[] cells = analysis.thumbnail();
    double levels = range.white() - range.black();
    float limit = (float) (range.black() + maxLevel * levels);
    float invisible = (float) (range.black() + Math.min(maxLevel, INVISIBLE) * levels);
    double sum = 0;
    int bright = 0;
    int brightInCorners = 0;
    int visible = 0;
    for (int row = 0; row < PictureGrid.ROWS; row++) {
      boolean cornerRow = row < CORNER_ROWS || row >= PictureGrid.ROWS - CORNER_ROWS;
      for (int column = 0; column < PictureGrid.COLUMNS; column++) {
        float cell = cells[row * PictureGrid.COLUMNS + column];
        sum += cell;
        if (cell > invisible) {
          visible++;
        }
        if (cell > limit) {
          bright++;
          if (cornerRow
              && (column < CORNER_COLUMNS || column >= PictureGrid.COLUMNS - CORNER_COLUMNS)) {
            brightInCorners++;
          }
        }
      }
    }
    meanLuma = sum / PictureGrid.CELLS;
    brightShare = (double) bright / PictureGrid.CELLS;
    return bright - brightInCorners <= maxBrightShare * PictureGrid.CELLS
        && brightInCorners <= maxLogoShare * PictureGrid.CELLS
        && (brightInCorners > 0 || !hasText(analysis.luma(), range))
        && neutral(analysis.chroma())
        && (visible == bright || withoutStructure(cells));
  }

  /** Mean luma of the picture judged last, 8-bit scale. */
  double meanLuma() {
    return meanLuma;
  }

  /** Share of the cells of the picture judged last that are too bright for black. */
  double brightShare() {
    return brightShare;
  }

  private boolean hasText(LumaStatistics luma, ColorRange range) {
    double level = range.black() + TEXT_LEVEL * (range.white() - range.black());
    return luma.shareAbove((int) level) > maxTextShare;
  }

  private static boolean neutral(ChromaStatistics chroma) {
    return Math.abs(chroma.meanCb() - 128) <= NEUTRAL && Math.abs(chroma.meanCr() - 128) <= NEUTRAL;
  }

  private boolean withoutStructure(float[] cells) {
    int differing = 0;
    for (int row = 0; row < PictureGrid.ROWS; row++) {
      for (int column = 0; column < PictureGrid.COLUMNS; column++) {
        int i = row * PictureGrid.COLUMNS + column;
        if (column > 0 && Math.abs(cells[i] - cells[i - 1]) > maxStructure) {
          differing++;
        }
        if (row > 0 && Math.abs(cells[i] - cells[i - PictureGrid.COLUMNS]) > maxStructure) {
          differing++;
        }
      }
    }
    return differing <= DIFFERING_PAIRS * PAIRS;
  }
}
