package io.aircheck.experience.cube;

import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest windows of all views by the values of dimensions, in bounded memory. The order in
 * which deltas come does not matter to sums. Not thread-safe: whoever asks holds off whoever adds.
 */
public final class Cube implements RecentCube {
  /** So many windows are a generation of heavy keys. */
  private static final int GENERATION = 6;

  private final CubeSpec spec;
  private final TreeMap<Long, List<Slice>> windows = new TreeMap<>();
  private final List<HeavyKeys> heavy = new ArrayList<>();
  private long opened;

  /** Of the latest delta: its cohort, the keys of it, and whether they are to have cells. */
  private @Nullable Cohort cohort;

  private final List<List<String>> keys;
  private final boolean[] deserves;
  private Measures tooLate = Measures.ZERO;

  /** An empty cube. */
  public Cube(CubeSpec spec) {
    this.spec = spec;
    spec.groupings().forEach(grouping -> heavy.add(new HeavyKeys(spec.keys())));
    keys = new ArrayList<>(Collections.nCopies(heavy.size(), List.of()));
    deserves = new boolean[heavy.size()];
  }

  /** Adds what is new of a view to its window. */
  public void add(SessionDelta delta) {
    long start = spec.windowOf(delta.windowMillis());
    List<Slice> window = windows.get(start);
    if (window == null) {
      if (!windows.isEmpty() && start < oldest(windows.lastKey())) {
        tooLate = tooLate.plus(delta.measures());
        return;
      }
      window = open(start);
    }
    take(delta.cohort());
    for (int i = 0; i < window.size(); i++) {
      window.get(i).add(keys.get(i), deserves[i], delta);
    }
  }

  /** Sums of deltas whose window was no longer kept; they are in no answer. */
  public Measures tooLate() {
    return tooLate;
  }

  /** Starts of the windows that are kept, oldest first. */
  public List<Long> windows() {
    return List.copyOf(windows.keySet());
  }

  @Override
  public int windows(long fromMillis, long toMillis) {
    return between(fromMillis, toMillis).size();
  }

  /**
   * Answers a question from the smallest grouping that has its dimensions.
   *
   * @return empty if no grouping has all of them
   */
  @Override
  public Optional<CubeAnswer> ask(CubeQuery query) {
    return grouping(query.dimensions()).map(at -> ask(query, at));
  }

  /**
   * Where to look next: for each dimension that a filter does not name and that can be asked for
   * with it, the rows with the largest sums of a measure.
   */
  public Map<String, List<CubeAnswer.Row>> drill(
      long fromMillis, long toMillis, Map<String, String> filter, Measure measure, int count) {
    Set<String> dimensions = new LinkedHashSet<>();
    spec.groupings().forEach(grouping -> dimensions.addAll(grouping.dimensions()));
    dimensions.removeAll(filter.keySet());
    Map<String, List<CubeAnswer.Row>> drilled = new LinkedHashMap<>();
    for (String dimension : dimensions) {
      ask(new CubeQuery(fromMillis, toMillis, filter, List.of(dimension)))
          .ifPresent(answer -> drilled.put(dimension, answer.top(measure, count)));
    }
    return drilled;
  }

  /** Windows that begin in a time; none begin in one that ends before it begins. */
  private SortedMap<Long, List<Slice>> between(long fromMillis, long toMillis) {
    return windows.subMap(fromMillis, Math.max(fromMillis, toMillis));
  }

  /** Start of the oldest window kept when this is the latest. */
  private long oldest(long latest) {
    return latest - (spec.windows() - 1) * spec.windowMillis();
  }

  private List<Slice> open(long start) {
    windows.headMap(oldest(start)).clear();
    if (++opened % GENERATION == 0) {
      heavy.forEach(HeavyKeys::turn);
    }
    List<Slice> window = new ArrayList<>();
    for (Grouping grouping : spec.groupings()) {
      window.add(new Slice(grouping.distributions(), 2 * spec.keys()));
    }
    windows.put(start, window);
    return window;
  }

  /** Looks up the keys of a cohort, unless it is that of the delta before: most come in runs. */
  private void take(Cohort next) {
    if (next.equals(cohort)) {
      return;
    }
    cohort = next;
    for (int i = 0; i < deserves.length; i++) {
      List<String> key = key(spec.groupings().get(i).dimensions(), next);
      keys.set(i, key);
      deserves[i] = heavy.get(i).count(key);
    }
  }

  /** Values of the dimensions of a grouping. */
  static List<String> key(List<String> grouping, Cohort cohort) {
    String[] values = new String[grouping.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = cohort.value(grouping.get(i));
    }
    return List.of(values);
  }

  private Optional<Integer> grouping(Set<String> dimensions) {
    List<Integer> able = new ArrayList<>();
    for (int i = 0; i < spec.groupings().size(); i++) {
      if (spec.groupings().get(i).dimensions().containsAll(dimensions)) {
        able.add(i);
      }
    }
    return able.stream()
        .min(Comparator.comparingInt(at -> spec.groupings().get(at).dimensions().size()));
  }

  private CubeAnswer ask(CubeQuery query, int at) {
    List<String> grouping = spec.groupings().get(at).dimensions();
    boolean distributions = spec.groupings().get(at).distributions();
    Map<List<String>, Cell> rows = new HashMap<>();
    Cell others = new Cell(distributions);
    long otherDeltas = 0;
    for (List<Slice> window : between(query.fromMillis(), query.toMillis()).values()) {
      Slice slice = window.get(at);
      slice.forEach(
          (key, cell) -> {
            if (matches(query.filter(), grouping, key)) {
              rows.computeIfAbsent(row(query.by(), grouping, key), row -> new Cell(distributions))
                  .merge(cell);
            }
          });
      others.merge(slice.others());
      otherDeltas += slice.otherDeltas();
    }
    List<CubeAnswer.Row> answered = new ArrayList<>();
    rows.forEach((values, cell) -> answered.add(new CubeAnswer.Row(values, cell)));
    return new CubeAnswer(answered, others, otherDeltas);
  }

  private static boolean matches(
      Map<String, String> filter, List<String> grouping, List<String> key) {
    for (Map.Entry<String, String> wanted : filter.entrySet()) {
      if (!key.get(grouping.indexOf(wanted.getKey())).equals(wanted.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static List<String> row(List<String> by, List<String> grouping, List<String> key) {
    return by.stream().map(dimension -> key.get(grouping.indexOf(dimension))).toList();
  }
}
