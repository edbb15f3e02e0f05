package io.aircheck.experience.cube;

import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest windows of all views by the values of dimensions, in bounded memory. The order in
 * which deltas come does not matter to sums. Thread-safe: whoever asks holds up whoever adds only
 * while he looks at one grouping of one window that may still change.
 *
 * <p>Windows of more than two minutes ago are {@linkplain PackedWindow packed}, and read by whoever
 * asks while others add. What comes later for one of them is beside it, until it is packed anew.
 */
public final class Cube implements RecentCube {
  /** So many windows are a generation of heavy keys. */
  private static final int GENERATION = 6;

  /**
   * What is new of a window is packed when so many others have begun since: players report every
   * half a minute or so, and who is silent is given up after a minute and a half.
   */
  private static final int SETTLED = 12;

  /** So many deltas are added before whoever asks may come in between. */
  private static final int BATCH = 128;

  /** A window that has more keys than this is thinned out before one is dropped. */
  private static final int FEW_KEYS = 32;

  private final CubeSpec spec;

  /** Guards what follows; is held for a few milliseconds at most. */
  private final Object guard = new Object();

  private final TreeMap<Long, KeptWindow> windows = new TreeMap<>();
  private final List<HeavyKeys> heavy = new ArrayList<>();
  private long opened;

  /** Of the latest delta: its cohort, the keys of it, and whether they are to have cells. */
  private @Nullable Cohort cohort;

  private final List<List<String>> keys;
  private final boolean[] deserves;
  private Measures tooLate = Measures.ZERO;

  /** Windows before this were dropped for want of memory. */
  private long droppedMillis = Long.MIN_VALUE;

  /** Held by who packs: one at a time. */
  private final Object packer = new Object();

  /** An empty cube. */
  public Cube(CubeSpec spec) {
    this.spec = spec;
    spec.groupings().forEach(grouping -> heavy.add(new HeavyKeys(spec.keys())));
    keys = new ArrayList<>(Collections.nCopies(heavy.size(), List.of()));
    deserves = new boolean[heavy.size()];
  }

  /** Adds what is new of a view to its window. */
  public void add(SessionDelta delta) {
    synchronized (guard) {
      take(delta);
    }
  }

  /** Adds what is new of views, each to its window. */
  public void add(List<SessionDelta> deltas) {
    for (int from = 0; from < deltas.size(); from += BATCH) {
      List<SessionDelta> batch = deltas.subList(from, Math.min(from + BATCH, deltas.size()));
      synchronized (guard) {
        batch.forEach(this::take);
      }
    }
  }

  private void take(SessionDelta delta) {
    long start = spec.windowOf(delta.windowMillis());
    KeptWindow window = windows.get(start);
    if (window == null) {
      if (start < droppedMillis || (!windows.isEmpty() && start < oldest(windows.lastKey()))) {
        tooLate = tooLate.plus(delta.measures());
        return;
      }
      window = open(start);
    }
    if (window.open == null) {
      window.open = slices();
      window.openedAt = opened;
      window.hits = 0;
    }
    window.hits += Cell.isHit(delta.measures()) ? 1 : 0;
    take(delta.cohort());
    for (int i = 0; i < deserves.length; i++) {
      window.open.get(i).add(keys.get(i), deserves[i], delta);
    }
  }

  /** Sums of deltas whose window was no longer kept; they are in no answer. */
  public Measures tooLate() {
    synchronized (guard) {
      return tooLate;
    }
  }

  /** Starts of the windows that are kept, oldest first. */
  public List<Long> windows() {
    synchronized (guard) {
      return List.copyOf(windows.keySet());
    }
  }

  /** Windows that begin before this were dropped for want of memory; else the least there is. */
  public long keptSinceMillis() {
    synchronized (guard) {
      return droppedMillis;
    }
  }

  @Override
  public int windows(long fromMillis, long toMillis) {
    synchronized (guard) {
      return windows.subMap(fromMillis, Math.max(fromMillis, toMillis)).size();
    }
  }

  /**
   * Answers a question from the smallest grouping that has its dimensions. What is added meanwhile
   * may be in the answer or not.
   *
   * @return empty if no grouping has all of them
   */
  @Override
  public Optional<CubeAnswer> ask(CubeQuery query) {
    OptionalInt grouping = spec.grouping(query);
    return grouping.isPresent() ? Optional.of(ask(query, grouping.getAsInt())) : Optional.empty();
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

  /**
   * Packs the windows that are settled, and keeps within the memory that there is: then the windows
   * with the most keys have half as many from now on, the oldest first; when all have few, the
   * oldest leaves. To be called every second or so, by any thread; nobody else waits meanwhile.
   */
  public void tidy() {
    synchronized (packer) {
      PackedWindow like = null;
      for (long start : settled()) {
        like = pack(start, like);
      }
      while (bytes() > spec.mostBytes()) {
        if (!thin() && !drop()) {
          return;
        }
      }
    }
  }

  /** About how much memory its windows take. */
  public long bytes() {
    synchronized (guard) {
      return windows.values().stream().mapToLong(KeptWindow::bytes).sum();
    }
  }

  /** Start of the oldest window kept when this is the latest. */
  private long oldest(long latest) {
    return latest - (spec.windows() - 1) * spec.windowMillis();
  }

  private KeptWindow open(long start) {
    windows.headMap(oldest(start)).clear();
    if (++opened % GENERATION == 0) {
      heavy.forEach(HeavyKeys::turn);
    }
    KeptWindow window = new KeptWindow();
    windows.put(start, window);
    return window;
  }

  private List<Slice> slices() {
    List<Slice> slices = new ArrayList<>();
    for (Grouping grouping : spec.groupings()) {
      slices.add(new Slice(grouping.distributions(), 2 * spec.keys()));
    }
    return slices;
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

  private CubeAnswer ask(CubeQuery query, int at) {
    List<KeptWindow> asked;
    synchronized (guard) {
      asked =
          List.copyOf(
              windows
                  .subMap(query.fromMillis(), Math.max(query.fromMillis(), query.toMillis()))
                  .values());
    }
    CubeRows rows = new CubeRows(query, spec.groupings().get(at));
    for (KeptWindow window : asked) {
      List<Slice> packing;
      PackedWindow packed;
      synchronized (guard) {
        packing = window.packing;
        packed = window.packed;
        if (window.open != null) {
          window.open.get(at).addTo(rows);
        }
      }
      if (packing != null) {
        packing.get(at).addTo(rows);
      }
      if (packed != null) {
        packed.addTo(rows, at);
      }
    }
    return rows.answer();
  }

  private List<Long> settled() {
    synchronized (guard) {
      List<Long> settled = new ArrayList<>();
      windows.forEach(
          (start, window) -> {
            if (window.open != null && opened - window.openedAt >= SETTLED) {
              settled.add(start);
            }
          });
      return settled;
    }
  }

  /**
   * Packs what is new of a window, with what was packed of it before.
   *
   * @param like a window that may have the same keys
   * @return the window packed
   */
  private @Nullable PackedWindow pack(long start, @Nullable PackedWindow like) {
    List<Slice> fresh;
    PackedWindow before;
    PackedWindow similar = like;
    synchronized (guard) {
      KeptWindow window = windows.get(start);
      if (window == null || window.open == null) {
        return like;
      }
      fresh = window.open;
      before = window.packed;
      window.packing = fresh;
      window.open = null;
      Map.Entry<Long, KeptWindow> neighbour = windows.lowerEntry(start);
      if (before != null) {
        similar = before;
      } else if (neighbour != null && neighbour.getValue().packed != null) {
        similar = neighbour.getValue().packed;
      }
    }
    List<Slice> all = fresh;
    if (before != null) {
      all = slices();
      before.addTo(all);
      for (int i = 0; i < all.size(); i++) {
        all.get(i).add(fresh.get(i));
        all.get(i).thin(2 * spec.keys());
      }
    }
    PackedWindow packed = PackedWindow.of(all, similar);
    replace(start, before, packed);
    return packed;
  }

  /** Takes out half of the keys of the window that has the most; whether any had too many. */
  private boolean thin() {
    long start = 0;
    PackedWindow fullest = null;
    synchronized (guard) {
      for (Map.Entry<Long, KeptWindow> window : windows.entrySet()) {
        PackedWindow packed = window.getValue().packed;
        if (packed != null
            && !packed.isMostlyHits()
            && (fullest == null || packed.mostKeys() > fullest.mostKeys())) {
          fullest = packed;
          start = window.getKey();
        }
      }
    }
    if (fullest == null || fullest.mostKeys() <= FEW_KEYS) {
      return false;
    }
    int most = fullest.mostKeys() / 2;
    List<Slice> slices = slices();
    fullest.addTo(slices);
    slices.forEach(slice -> slice.thin(most));
    replace(start, fullest, PackedWindow.of(slices, fullest));
    return true;
  }

  private void replace(long start, @Nullable PackedWindow before, PackedWindow packed) {
    synchronized (guard) {
      KeptWindow window = windows.get(start);
      if (window != null && window.packed == before) {
        window.packed = packed;
        window.packing = null;
      }
    }
  }

  /** Drops the oldest window, if it is settled; whether it was. */
  private boolean drop() {
    synchronized (guard) {
      Map.Entry<Long, KeptWindow> oldest = windows.firstEntry();
      if (oldest == null || oldest.getValue().packed == null) {
        return false;
      }
      windows.remove(oldest.getKey());
      droppedMillis = oldest.getKey() + spec.windowMillis();
      return true;
    }
  }
}
