package io.aircheck.experience.cube;

import io.aircheck.core.viewer.RollupWindow;
import io.aircheck.experience.measure.Measure;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Rows of one grouping in one window, as they were told last. Immutable. */
final class ToldSlice {
  /** Hashes of all sessions that were hit, in their order; shared by slices that have the same. */
  private final long[] hits;

  private final PackedSlice cells;
  private final boolean hasOthers;

  private ToldSlice(long[] hits, PackedSlice cells, boolean hasOthers) {
    this.hits = hits;
    this.cells = cells;
    this.hasOthers = hasOthers;
  }

  /**
   * Rows that take the place of those of before.
   *
   * @param before null: there are none, or they are gone
   * @param told rows that are new or have changed
   * @param parts of how many windows of views a window is the sum
   * @param beside slices of the same window
   * @param like a slice of the same grouping that may have the same keys
   * @throws IllegalArgumentException if a cell is none
   */
  static ToldSlice of(
      @Nullable ToldSlice before,
      RollupWindow told,
      boolean distributions,
      int parts,
      Collection<ToldSlice> beside,
      @Nullable ToldSlice like) {
    Slice slice = new Slice(distributions, Integer.MAX_VALUE);
    if (before != null) {
      before.cells.addTo(slice, before.hits);
    }
    boolean hasOthers = before != null && before.hasOthers;
    for (RollupWindow.Row row : told.rows()) {
      Cell cell = cell(row, distributions, parts);
      if (row.isOthers()) {
        hasOthers = true;
        slice.putOthers(cell);
      } else {
        slice.put(row.values(), cell);
      }
    }
    long[] hits = shared(slice.hits(), beside);
    PackedSlice similar = before != null ? before.cells : like == null ? null : like.cells;
    return new ToldSlice(hits, PackedSlice.of(slice, hits, similar), hasOthers);
  }

  private static Cell cell(RollupWindow.Row row, boolean distributions, int parts) {
    Cell cell = new Cell(distributions);
    cell.merge(row.cell());
    cell.weigh(row.weight());
    // Each of the windows of views counts those who watched; here it is how many did on average.
    cell.divide(Measure.VIEWERS, parts);
    return cell;
  }

  /** Whoever was hit is in some cell of every grouping. */
  private static long[] shared(long[] hits, Collection<ToldSlice> beside) {
    for (ToldSlice one : beside) {
      if (Arrays.equals(one.hits, hits)) {
        return one.hits;
      }
    }
    return hits;
  }

  /** Adds all cells to those of an answer. */
  void addTo(CubeRows rows) {
    cells.addTo(rows, hits);
  }

  /** How many rows there are, with that of the others. */
  int rows() {
    return cells.size() + (hasOthers ? 1 : 0);
  }

  /** About how much memory it takes. */
  long bytes() {
    return cells.bytes() + (long) Long.BYTES * hits.length;
  }
}
