package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What became known of minutes after they were taken from the cube, and is not staged yet: lines of
 * a log that come late, and what a player sends that was offline. Thread-safe.
 */
final class LateMinutes {
  /** What is late by more is in no minute. */
  private static final long LATEST_MILLIS = 24 * ArchivePolicy.HOUR_MILLIS;

  /**
   * Some of a minute.
   *
   * @param batchMillis that it goes with
   * @param grouping its place among those of the cube
   * @param values of its dimensions; empty where the grouping has some: those that had no room
   */
  private record Cell(long batchMillis, long minuteMillis, int grouping, List<String> values) {}

  /** What is known of a cell. */
  private static final class Sum {
    private Measures sums = Measures.ZERO;
    private long deltas;

    void add(Measures more) {
      sums = sums.plus(more);
      deltas++;
    }
  }

  private final ArchivePolicy policy;
  private final CubeSpec spec;
  private final long firstBatch;
  private Map<Cell, Sum> cells = new HashMap<>();

  /** Windows that became known with cells that were not drained yet, by batches and minutes. */
  private Map<Long, TreeMap<Long, Integer>> windows = new HashMap<>();

  /** Which windows are known of a minute: bit i is set for the one of number i. */
  private final TreeMap<Long, Integer> known = new TreeMap<>();

  /** Minutes that were taken from the cube by this process, so that all of them is known here. */
  private final Set<Long> taken = new TreeSet<>();

  /**
   * @param firstBatch what belongs to an earlier one is in the archive already
   */
  LateMinutes(ArchivePolicy policy, CubeSpec spec, long firstBatch) {
    this.policy = policy;
    this.spec = spec;
    this.firstBatch = firstBatch;
  }

  /**
   * A minute was taken from the cube.
   *
   * @param bits its windows that were known there
   */
  synchronized void taken(long minuteMillis, int bits) {
    known.merge(minuteMillis, bits, (one, other) -> one | other);
    taken.add(minuteMillis);
    long oldest = minuteMillis - LATEST_MILLIS - ArchivePolicy.HOUR_MILLIS;
    known.headMap(oldest).clear();
    taken.removeIf(minute -> minute < oldest);
  }

  /**
   * Something became known. Whether it is late, and with which hour it is written, depends on when
   * it was told alone, so whoever reads the reports again comes to the same: what the cube has of a
   * minute although it is late is taken off again.
   *
   * @param nextMinute the first that is not taken yet
   */
  void add(Told told, long nextMinute) {
    long window = told.delta().windowMillis();
    long minute = ArchivePolicy.minuteOf(window);
    boolean isTaken = minute < nextMinute;
    if (!isTaken && told.atMillis() < policy.minuteDue(minute)) {
      return;
    }
    long batch = policy.batchOf(ArchivePolicy.hourOf(minute), told.atMillis());
    if (batch >= firstBatch && window >= told.atMillis() - LATEST_MILLIS) {
      add(told.delta(), minute, batch, isTaken);
    }
  }

  private synchronized void add(SessionDelta delta, long minute, long batch, boolean isTaken) {
    long hour = ArchivePolicy.hourOf(minute);
    for (int i = 0; i < spec.groupings().size(); i++) {
      cell(batch, minute, i, delta).add(delta.measures());
      if (!isTaken) {
        cell(hour, minute, i, delta).add(negative(delta.measures()));
      }
    }
    if (isTaken) {
      addWindow(batch, minute, delta.windowMillis());
    }
  }

  private static Measures negative(Measures measures) {
    long[] sums = measures.toArray();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = -sums[i];
    }
    return Measures.of(sums);
  }

  private void addWindow(long batch, long minute, long window) {
    int bit = 1 << ((window - minute) / spec.windowMillis());
    int before = known.getOrDefault(minute, 0);
    if ((before & bit) == 0) {
      known.put(minute, before | bit);
      windows.computeIfAbsent(batch, made -> new TreeMap<>()).merge(minute, 1, Integer::sum);
    }
  }

  private Sum cell(long batch, long minute, int grouping, SessionDelta delta) {
    List<String> values =
        spec.groupings().get(grouping).dimensions().stream().map(delta.cohort()::value).toList();
    Cell cell = new Cell(batch, minute, grouping, values);
    Sum sum = cells.get(cell);
    if (sum == null && cells.size() >= policy.mostLate()) {
      cell = new Cell(batch, minute, grouping, List.of());
      sum = cells.get(cell);
    }
    if (sum == null) {
      sum = new Sum();
      cells.put(cell, sum);
    }
    return sum;
  }

  synchronized int size() {
    return cells.size();
  }

  /**
   * Takes everything out, by batches.
   *
   * @param archived how many windows the table knows of minutes, by minute
   */
  synchronized Map<Long, List<Fact>> drain(Function<Set<Long>, Map<Long, Integer>> archived) {
    if (cells.isEmpty()) {
      return Map.of();
    }
    Map<Long, Integer> before = before(archived);
    Map<Long, List<Fact>> batches = new TreeMap<>();
    cells.forEach(
        (cell, sum) ->
            batches
                .computeIfAbsent(cell.batchMillis(), batch -> new ArrayList<>())
                .add(fact(cell, sum, before)));
    cells = new HashMap<>();
    windows = new HashMap<>();
    return batches;
  }

  /** Of minutes that an earlier process took, how many windows are known. */
  private Map<Long, Integer> before(Function<Set<Long>, Map<Long, Integer>> archived) {
    Set<Long> asked = new TreeSet<>();
    windows.values().forEach(minutes -> asked.addAll(minutes.keySet()));
    asked.removeAll(taken);
    return asked.isEmpty() ? Map.of() : archived.apply(asked);
  }

  private Fact fact(Cell cell, Sum sum, Map<Long, Integer> before) {
    List<String> by = spec.groupings().get(cell.grouping()).dimensions();
    if (by.isEmpty()) {
      int most =
          (int) (ArchivePolicy.MINUTE_MILLIS / spec.windowMillis())
              - before.getOrDefault(cell.minuteMillis(), 0);
      int more =
          windows
              .getOrDefault(cell.batchMillis(), new TreeMap<>())
              .getOrDefault(cell.minuteMillis(), 0);
      return MinuteFacts.whole(
          cell.minuteMillis(), Math.clamp(more, 0, Math.max(0, most)), sum.sums);
    }
    return cell.values().isEmpty()
        ? MinuteFacts.others(cell.minuteMillis(), by, sum.deltas, sum.sums)
        : MinuteFacts.row(cell.minuteMillis(), by, cell.values(), sum.sums);
  }
}
