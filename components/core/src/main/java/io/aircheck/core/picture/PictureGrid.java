package io.aircheck.core.picture;

/**
 * The grid of cells on which pictures are described: {@value #COLUMNS} by {@value #ROWS}, so that
 * cells of a 16:9 picture are square, numbered row by row from the top left. Cell boundaries are
 * rounded down to whole pairs of columns and whole rows.
 */
public final class PictureGrid {
  /** Cells from left to right. */
  public static final int COLUMNS = 48;

  /** Cells from top to bottom. */
  public static final int ROWS = 27;

  /** Number of cells. */
  public static final int CELLS = COLUMNS * ROWS;

  private PictureGrid() {}
}
