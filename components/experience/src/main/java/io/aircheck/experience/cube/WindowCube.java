package io.aircheck.experience.cube;

import io.aircheck.core.viewer.RollupWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest windows of all views by the values of dimensions, as somebody else sums them: rows are
 * told, and told anew when they have changed. Thread-safe; one thread at a time tells.
 */
public final class WindowCube implements RecentCube {
  private final CubeSpec spec;
  private final int parts;
  private final Map<List<String>, Integer> groupings = new HashMap<>();

  /** Guards what follows; slices do not change, so who asks holds it for a moment alone. */
  private final Object guard = new Object();

  /** By starts of windows, and numbers of groupings. */
  private final TreeMap<Long, Map<Integer, ToldSlice>> windows = new TreeMap<>();

  private long changes;

  /** Windows before this were dropped for want of memory. */
  private long droppedMillis = Long.MIN_VALUE;

  /**
   * An empty cube.
   *
   * @param parts of how many windows of views a window is the sum
   */
  public WindowCube(CubeSpec spec, int parts) {
    this.spec = spec;
    this.parts = parts;
    for (int i = 0; i < spec.groupings().size(); i++) {
      groupings.put(spec.groupings().get(i).dimensions(), i);
    }
  }

  /**
   * Takes rows in the place of what was told of them before; rows by dimensions that are not kept
   * are of no interest.
   *
   * @param told if it is whole, nothing else is left of the window by these dimensions
   * @param rows how many there are to be by these dimensions
   * @return whether there are
   * @throws IllegalArgumentException if a cell is none; nothing has changed then
   */
  public boolean take(RollupWindow told, int rows) {
    Integer grouping = groupings.get(told.dimensions());
    long start = told.startMillis();
    if (grouping == null || told.lengthMillis() != spec.windowMillis()) {
      return true;
    }
    ToldSlice before;
    ToldSlice like;
    List<ToldSlice> beside;
    synchronized (guard) {
      if (start < oldest()) {
        return true;
      }
      Map<Integer, ToldSlice> window = windows.getOrDefault(start, Map.of());
      before = told.isWhole() ? null : window.get(grouping);
      beside = List.copyOf(window.values());
      Map.Entry<Long, Map<Integer, ToldSlice>> neighbour = windows.lowerEntry(start);
      like = neighbour == null ? null : neighbour.getValue().get(grouping);
    }
    boolean distributions = spec.groupings().get(grouping).distributions();
    ToldSlice now = ToldSlice.of(before, told, distributions, parts, beside, like);
    synchronized (guard) {
      windows.computeIfAbsent(start, added -> new HashMap<>()).put(grouping, now);
      windows.headMap(oldest()).clear();
      while (windows.size() > 1 && bytes() > spec.mostBytes()) {
        droppedMillis = windows.pollFirstEntry().getKey() + spec.windowMillis();
      }
      changes++;
    }
    return now.rows() == rows;
  }

  /** Start of the oldest window that is kept. */
  private long oldest() {
    return windows.isEmpty()
        ? droppedMillis
        : Math.max(droppedMillis, windows.lastKey() - (spec.windows() - 1) * spec.windowMillis());
  }

  /** How often something was taken: answers are the same while this is. */
  public long changes() {
    synchronized (guard) {
      return changes;
    }
  }

  /** Windows that begin before this were dropped for want of memory; else the least there is. */
  public long keptSinceMillis() {
    synchronized (guard) {
      return droppedMillis;
    }
  }

  /** About how much memory its windows take. */
  public long bytes() {
    synchronized (guard) {
      return windows.values().stream()
          .flatMap(window -> window.values().stream())
          .mapToLong(ToldSlice::bytes)
          .sum();
    }
  }

  @Override
  public int windows(long fromMillis, long toMillis) {
    synchronized (guard) {
      return windows.subMap(fromMillis, Math.max(fromMillis, toMillis)).size();
    }
  }

  @Override
  public Optional<CubeAnswer> ask(CubeQuery query) {
    OptionalInt grouping = spec.grouping(query);
    return grouping.isPresent() ? Optional.of(ask(query, grouping.getAsInt())) : Optional.empty();
  }

  private CubeAnswer ask(CubeQuery query, int grouping) {
    List<ToldSlice> asked = new ArrayList<>();
    synchronized (guard) {
      for (Map<Integer, ToldSlice> window :
          windows
              .subMap(query.fromMillis(), Math.max(query.fromMillis(), query.toMillis()))
              .values()) {
        @Nullable ToldSlice slice = window.get(grouping);
        if (slice != null) {
          asked.add(slice);
        }
      }
    }
    CubeRows rows = new CubeRows(query, spec.groupings().get(grouping));
    asked.forEach(slice -> slice.addTo(rows));
    return rows.answer();
  }
}
