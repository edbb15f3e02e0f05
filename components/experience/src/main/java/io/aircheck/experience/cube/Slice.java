package io.aircheck.experience.cube;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One grouping in one window: cells of keys, and one of all others. Every delta is in exactly one
 * of them, so their sum is exact. Not thread-safe.
 */
final class Slice {
  /** About how many bytes a cell takes, with its sums, its key and its place. */
  private static final long CELL_BYTES = 600;

  /** And with sketches, some of whose arrays have room for more. */
  private static final long SKETCHED_BYTES = 5_000;

  private final boolean distributions;
  private final int mostCells;
  private final Map<List<String>, Cell> cells = new HashMap<>();
  private Cell others;

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
      cell = others;
    }
    cell.add(delta);
  }

  /** The cell of a key, which it has from now on at the latest. */
  Cell cell(List<String> key) {
    return cells.computeIfAbsent(key, added -> new Cell(distributions));
  }

  /** A cell takes the place of that of a key. */
  void put(List<String> key, Cell cell) {
    cells.put(key, cell);
  }

  /** A cell takes the place of what has no cell of its own. */
  void putOthers(Cell cell) {
    others = cell;
  }

  /** Hashes of all sessions that were hit, in their order. */
  long[] hits() {
    IdSet all = new IdSet();
    cells.values().forEach(cell -> cell.addHitsTo(all));
    others.addHitsTo(all);
    return all.sorted();
  }

  /** Adds all of another slice of the grouping. */
  void add(Slice other) {
    other.cells.forEach((key, cell) -> cell(key).merge(cell));
    others.merge(other.others);
  }

  /** Keeps the cells with the most viewers; those that are too many become others. */
  void thin(int most) {
    if (cells.size() <= most) {
      return;
    }
    List<Map.Entry<List<String>, Cell>> lightest = new ArrayList<>(cells.entrySet());
    lightest.sort(Comparator.comparingLong(cell -> cell.getValue().sum(Measure.VIEWERS)));
    for (Map.Entry<List<String>, Cell> light : lightest.subList(0, cells.size() - most)) {
      others.merge(light.getValue());
      cells.remove(light.getKey());
    }
  }

  /** Cells by their keys; to be looked at. */
  Map<List<String>, Cell> cells() {
    return cells;
  }

  /** How many keys have cells. */
  int size() {
    return cells.size();
  }

  /** What has no cell of its own. */
  Cell others() {
    return others;
  }

  /** Adds all cells to those of an answer. */
  void addTo(CubeRows rows) {
    cells.forEach(
        (key, cell) -> {
          Cell row = rows.of(key);
          if (row != null) {
            add(row, cell, rows);
          }
        });
    add(rows.others(), others, rows);
  }

  private static void add(Cell row, Cell cell, CubeRows rows) {
    if (rows.sumsAlone()) {
      row.mergeSums(cell);
    } else {
      row.merge(cell);
    }
  }

  /** About how much memory it takes, without the sessions that were hit. */
  long bytes() {
    return (1L + cells.size()) * (distributions ? SKETCHED_BYTES : CELL_BYTES);
  }
}
