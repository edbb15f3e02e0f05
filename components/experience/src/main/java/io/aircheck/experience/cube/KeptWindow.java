package io.aircheck.experience.cube;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window of a cube: what was packed of it, what is about to be, and what came since. Guarded by
 * the cube; what is packed or about to be is not changed by anybody.
 */
final class KeptWindow {
  /** Of a session that was hit, in the set of a cell. */
  private static final long HIT_BYTES = 16;

  /** What came since, by groupings; null: nothing. */
  @Nullable List<Slice> open;

  /** Number of the window that was the latest when that began. */
  long openedAt;

  /** How many deltas of it were hits. */
  long hits;

  /** What is being packed; null: nothing is. */
  @Nullable List<Slice> packing;

  @Nullable PackedWindow packed;

  /** About how much memory it takes. */
  long bytes() {
    return (packed == null ? 0 : packed.bytes()) + bytes(packing) + bytes(open);
  }

  private long bytes(@Nullable List<Slice> slices) {
    return slices == null
        ? 0
        : slices.stream().mapToLong(Slice::bytes).sum() + hits * HIT_BYTES * slices.size();
  }
}
