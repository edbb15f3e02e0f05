package io.aircheck.deploy.isolated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which streams share a process, and finds the one that kills it. Pure: knows ids and times
 * and no process. Not thread-safe.
 *
 * <p>Streams live in <i>cells</i>, one process each: a fixed number of regular ones, and trial
 * cells for suspects. A death is blamed on a stream when the crash names it or when it was alone; a
 * stream that is blamed often enough is quarantined. Otherwise the second death within the window
 * splits the cell in halves, and so on: of n streams the culprit is alone after about log2(n) more
 * deaths, while those in the other halves go on. Who was quiet in a trial cell for the window goes
 * home.
 */
final class Placement {

  /**
   * When what happens.
   *
   * @param cells regular cells
   * @param strikes deaths to blame on a stream until it is quarantined
   * @param windowMillis after how long without another a death is forgotten
   * @param firstDelayMillis before a process is started again; doubled with every further death
   * @param longestDelayMillis that is not exceeded
   */
  record Rules(
      int cells, int strikes, long windowMillis, long firstDelayMillis, long longestDelayMillis) {}

  private static final class Cell {
    private final boolean trial;
    private final Set<String> members = new LinkedHashSet<>();
    private int deaths;
    private long lastDeathMillis;
    private long notBeforeMillis = Long.MIN_VALUE;

    private Cell(boolean trial) {
      this.trial = trial;
    }
  }

  private final Rules rules;
  private final Map<Integer, Cell> cells = new TreeMap<>();
  private final Map<String, Integer> homes = new LinkedHashMap<>();
  private final Map<String, Deque<Long>> blames = new LinkedHashMap<>();
  private int lastCell;

  Placement(Rules rules) {
    this.rules = rules;
    for (int i = 0; i < rules.cells(); i++) {
      cells.put(++lastCell, new Cell(false));
    }
  }

  /** Finds a cell for a new stream: the regular one with the fewest. */
  void add(String stream) {
    move(stream, emptiestRegular());
  }

  /** A stream is not to be run any more; what it is blamed for is forgotten. */
  void remove(String stream) {
    leave(stream);
    blames.remove(stream);
  }

  /** The cell of a stream; empty: it is quarantined, or unknown. */
  Optional<Integer> cell(String stream) {
    return Optional.ofNullable(homes.get(stream));
  }

  /** The streams of a cell. */
  Set<String> members(int cell) {
    Cell found = cells.get(cell);
    return found == null ? Set.of() : Set.copyOf(found.members);
  }

  /** Cells that have streams. */
  List<Integer> occupied() {
    return cells.keySet().stream().filter(cell -> !members(cell).isEmpty()).toList();
  }

  /** Whether the process of a cell may be started now. */
  boolean mayStart(int cell, long nowMillis) {
    Cell found = cells.get(cell);
    return found != null && nowMillis >= found.notBeforeMillis;
  }

  /** A process could not be started, which is nobody's fault here. */
  void failedToStart(int id, long nowMillis) {
    Cell cell = cells.get(id);
    if (cell != null) {
      countDeath(cell, nowMillis);
    }
  }

  /**
   * The process of a cell has died.
   *
   * @param named the stream that the crash names, if it does
   * @return the stream that is quarantined for it
   */
  Optional<String> died(int id, Optional<String> named, long nowMillis) {
    Cell cell = cells.get(id);
    if (cell == null) {
      return Optional.empty();
    }
    countDeath(cell, nowMillis);
    String culprit = named.filter(cell.members::contains).orElse(null);
    if (culprit == null && cell.members.size() == 1) {
      culprit = cell.members.iterator().next();
    }
    if (culprit != null) {
      return blame(culprit, cell, nowMillis);
    }
    if (cell.deaths > 1) {
      split(cell);
    }
    return Optional.empty();
  }

  private void countDeath(Cell cell, long nowMillis) {
    boolean fresh = cell.deaths == 0 || nowMillis - cell.lastDeathMillis > rules.windowMillis();
    cell.deaths = fresh ? 1 : cell.deaths + 1;
    cell.lastDeathMillis = nowMillis;
    double delay = rules.firstDelayMillis() * Math.pow(2, Math.min(cell.deaths - 1, 30));
    cell.notBeforeMillis = nowMillis + (long) Math.min(delay, rules.longestDelayMillis());
  }

  private Optional<String> blame(String stream, Cell cell, long nowMillis) {
    Deque<Long> deaths = blames.computeIfAbsent(stream, key -> new ArrayDeque<>());
    deaths.addLast(nowMillis);
    while (nowMillis - deaths.getFirst() > rules.windowMillis()) {
      deaths.removeFirst();
    }
    if (deaths.size() >= rules.strikes()) {
      remove(stream);
      acquit(cell, nowMillis);
      return Optional.of(stream);
    }
    if (cell.members.size() > 1) {
      separate(List.of(stream), cell);
      acquit(cell, nowMillis);
    }
    return Optional.empty();
  }

  /** Those left, or to come, are above suspicion, and need not wait for long either. */
  private void acquit(Cell cell, long nowMillis) {
    cell.deaths = 0;
    cell.notBeforeMillis = nowMillis + rules.firstDelayMillis();
  }

  private void split(Cell cell) {
    List<String> members = new ArrayList<>(cell.members);
    separate(members.subList(members.size() / 2, members.size()), cell);
  }

  private void separate(List<String> suspects, Cell from) {
    Cell trial = new Cell(true);
    trial.deaths = from.deaths;
    trial.lastDeathMillis = from.lastDeathMillis;
    trial.notBeforeMillis = from.notBeforeMillis;
    cells.put(++lastCell, trial);
    for (String suspect : List.copyOf(suspects)) {
      move(suspect, lastCell);
    }
  }

  /**
   * Brings those home who were quiet in a trial cell for the window.
   *
   * @return the streams that have moved
   */
  List<String> homecoming(long nowMillis) {
    List<String> moved = new ArrayList<>();
    for (Cell cell : List.copyOf(cells.values())) {
      if (cell.trial && nowMillis - cell.lastDeathMillis > rules.windowMillis()) {
        for (String stream : List.copyOf(cell.members)) {
          move(stream, emptiestRegular());
          moved.add(stream);
        }
      }
    }
    return moved;
  }

  private void move(String stream, int cell) {
    leave(stream);
    Cell found = cells.get(cell);
    if (found != null) {
      found.members.add(stream);
      homes.put(stream, cell);
    }
  }

  private void leave(String stream) {
    Integer before = homes.remove(stream);
    @Nullable Cell cell = before == null ? null : cells.get(before);
    if (cell != null) {
      cell.members.remove(stream);
      if (cell.trial && cell.members.isEmpty()) {
        cells.remove(before);
      }
    }
  }

  private int emptiestRegular() {
    return cells.entrySet().stream()
        .filter(entry -> !entry.getValue().trial)
        .min(Comparator.comparingInt(entry -> entry.getValue().members.size()))
        .orElseThrow()
        .getKey();
  }
}
