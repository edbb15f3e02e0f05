package io.aircheck.experience.cube;

import io.aircheck.experience.session.SessionDelta;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * One grouping in one window: cells of the heaviest keys, and one of all others. Every delta is in
 * exactly one of them, so their sum is exact. Not thread-safe.
 *
 * <p>Which keys are heavy is decided by SpaceSaving (Metwally, Agrawal, El Abbadi, ICDT 2005), the
 * weight being deltas: a new key takes the place of the lightest, whose cell joins the others. Of N
 * deltas with room for m keys, each key with more than N/m has a cell at the end, and at most
 * {@link #missing} deltas of any key are among the others, which is at most N/m.
 */
final class Slice {
  private final int capacity;
  private final Map<List<String>, Entry> entries = new HashMap<>();

  /** By weights of when they were queued, lightest first; empty until there is no more room. */
  private final PriorityQueue<Entry> lightest =
      new PriorityQueue<>(Comparator.comparingLong(entry -> entry.queuedWeight));

  private final Cell others = new Cell();
  private long missing;
  private long evicted;

  Slice(int capacity) {
    this.capacity = capacity;
  }

  void add(List<String> key, SessionDelta delta) {
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = new Entry(key, entries.size() < capacity ? 0 : evict());
      entries.put(key, entry);
      if (!lightest.isEmpty()) {
        lightest.add(entry);
      }
    }
    entry.weight++;
    entry.cell.add(delta);
  }

  void forEach(BiConsumer<List<String>, Cell> consumer) {
    entries.forEach((key, entry) -> consumer.accept(key, entry.cell));
  }

  /** What has no cell of its own. */
  Cell others() {
    return others;
  }

  /** At most so many deltas of one key are among the others. */
  long missing() {
    return missing;
  }

  /** So many deltas are among the others. */
  long evicted() {
    return evicted;
  }

  /** Makes room; returns the weight of what had it. */
  private long evict() {
    if (lightest.isEmpty()) {
      entries.values().forEach(Entry::queue);
      lightest.addAll(entries.values());
    }
    Entry entry = lightest.remove();
    while (entry.weight != entry.queuedWeight) {
      entry.queue();
      lightest.add(entry);
      entry = lightest.remove();
    }
    entries.remove(entry.key);
    others.merge(entry.cell);
    missing = entry.weight;
    evicted += entry.weight - entry.inherited;
    return entry.weight;
  }

  private static final class Entry {
    private final List<String> key;
    private final Cell cell = new Cell();
    private final long inherited;
    private long weight;
    private long queuedWeight;

    Entry(List<String> key, long weight) {
      this.key = key;
      this.inherited = weight;
      this.weight = weight;
      this.queuedWeight = weight;
    }

    void queue() {
      queuedWeight = weight;
    }
  }
}
