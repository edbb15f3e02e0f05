package io.aircheck.experience.cube;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Counts the heaviest of any number of keys with a bounded number of counters: SpaceSaving
 * (Metwally, Agrawal, El Abbadi, ICDT 2005). A new key takes the counter of the lightest, with its
 * count. Of N counted with m counters, each key with more than N/m has a counter, and no count is
 * more than N/m too large. Not thread-safe.
 */
final class SpaceSaving<K> {
  private final int capacity;
  private final Map<K, Counter<K>> counters = new HashMap<>();

  /** By counts of when they were queued, lightest first; empty until there is no more room. */
  private final PriorityQueue<Counter<K>> lightest =
      new PriorityQueue<>(Comparator.comparingLong(counter -> counter.queuedCount));

  private long total;

  SpaceSaving(int capacity) {
    this.capacity = capacity;
  }

  void add(K key) {
    Counter<K> counter = counters.get(key);
    if (counter == null) {
      counter = new Counter<>(key, counters.size() < capacity ? 0 : evict());
      counters.put(key, counter);
      if (hasEvicted()) {
        lightest.add(counter);
      }
    }
    counter.count++;
    total++;
  }

  /** How often a key was counted at least. */
  long atLeast(K key) {
    @Nullable Counter<K> counter = counters.get(key);
    return counter == null ? 0 : counter.count - counter.inherited;
  }

  /** How many were counted of all keys. */
  long total() {
    return total;
  }

  /** Whether there were more keys than counters, so that counts may be too large. */
  boolean hasEvicted() {
    return !lightest.isEmpty();
  }

  private long evict() {
    if (lightest.isEmpty()) {
      counters.values().forEach(this::queue);
    }
    Counter<K> counter = lightest.remove();
    while (counter.count != counter.queuedCount) {
      queue(counter);
      counter = lightest.remove();
    }
    counters.remove(counter.key);
    return counter.count;
  }

  private void queue(Counter<K> counter) {
    counter.queuedCount = counter.count;
    lightest.add(counter);
  }

  private static final class Counter<K> {
    private final K key;
    private final long inherited;
    private long count;
    private long queuedCount;

    Counter(K key, long inherited) {
      this.key = key;
      this.inherited = inherited;
      count = inherited;
      queuedCount = inherited;
    }
  }
}
