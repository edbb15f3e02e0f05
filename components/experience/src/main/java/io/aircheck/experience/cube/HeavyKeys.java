package io.aircheck.experience.cube;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of a grouping deserve cells of their own: all of them while they are few, else those
 * that have more than their share, 1/n with room for n keys. What is counted is runs of deltas of
 * one cohort, in generations of some windows, so that what is heavy now takes over from what was.
 *
 * <p>With 2n counters a count is at most 1/2n of all too large, so a key with more than 1.5/n of
 * the runs of a generation is found for certain. Not thread-safe.
 */
final class HeavyKeys {
  private final int keys;
  private SpaceSaving<List<String>> current;
  private @Nullable SpaceSaving<List<String>> previous;

  HeavyKeys(int keys) {
    this.keys = keys;
    current = new SpaceSaving<>(2 * keys);
  }

  /** Counts a run of deltas; whether its key has a cell of its own. */
  boolean count(List<String> key) {
    current.add(key);
    if (!current.hasEvicted() && (previous == null || !previous.hasEvicted())) {
      return true;
    }
    long before = previous == null ? 0 : previous.total();
    return current.atLeast(key) * keys > Math.max(current.total(), before)
        || (previous != null && previous.atLeast(key) * keys > before);
  }

  /** A new generation begins. */
  void turn() {
    previous = current;
    current = new SpaceSaving<>(2 * keys);
  }
}
