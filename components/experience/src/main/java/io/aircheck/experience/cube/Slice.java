package io.aircheck.experience.cube;

import io.aircheck.experience.session.SessionDelta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One grouping in one window: cells of keys, and one of all others. Every delta is in exactly one
 * of them, so their sum is exact. Not thread-safe.
 */
final class Slice {
  private final boolean distributions;
  private final int mostCells;
  private final Map<List<String>, Cell> cells = new HashMap<>();
  private final Cell others;
  private long otherDeltas;

  /**
   * @param distributions whether its cells keep percentiles and numbers of sessions
   * @param mostCells how many keys have cells at most
   */
  Slice(boolean distributions, int mostCells) {
    this.distributions = distributions;
    this.mostCells = mostCells;
    others = new Cell(distributions);
  }

  /**
   * Adds a delta.
   *
   * @param deserves whether its key is to have a cell of its own, if it has none yet
   */
  void add(List<String> key, boolean deserves, SessionDelta delta) {
    Cell cell = cells.get(key);
    if (cell == null && deserves && cells.size() < mostCells) {
      cell = new Cell(distributions);
      cells.put(key, cell);
    }
    if (cell == null) {
      otherDeltas++;
      cell = others;
    }
    cell.add(delta);
  }

  void forEach(BiConsumer<List<String>, Cell> consumer) {
    cells.forEach(consumer);
  }

  /** What has no cell of its own. */
  Cell others() {
    return others;
  }

  /** How many deltas that is. */
  long otherDeltas() {
    return otherDeltas;
  }
}
