package io.aircheck.experience.cube;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A window that is over, in all groupings. Immutable, so it is read by any threads. */
final class PackedWindow {
  /** Hashes of all sessions that were hit, in their order. */
  private final long[] hits;

  private final List<PackedSlice> slices;
  private final long bytes;
  private final int mostKeys;

  private PackedWindow(long[] hits, List<PackedSlice> slices) {
    this.hits = hits;
    this.slices = List.copyOf(slices);
    this.bytes =
        (long) Long.BYTES * hits.length + slices.stream().mapToLong(PackedSlice::bytes).sum();
    this.mostKeys = slices.stream().mapToInt(PackedSlice::size).max().orElse(0);
  }

  /**
   * Packs the slices of a window.
   *
   * @param slices one for each grouping, which nobody changes any more
   * @param like a window that may have the same keys
   */
  static PackedWindow of(List<Slice> slices, @Nullable PackedWindow like) {
    // Whoever was hit is in some cell of every grouping.
    long[] hits = slices.getFirst().hits();
    List<PackedSlice> packed = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      packed.add(PackedSlice.of(slices.get(i), hits, like == null ? null : like.slices.get(i)));
    }
    return new PackedWindow(hits, packed);
  }

  /** Adds the cells of a grouping to those of an answer. */
  void addTo(CubeRows rows, int grouping) {
    slices.get(grouping).addTo(rows, hits);
  }

  /** Adds all cells to slices of the same groupings. */
  void addTo(List<Slice> others) {
    for (int i = 0; i < others.size(); i++) {
      slices.get(i).addTo(others.get(i), hits);
    }
  }

  /** How much memory it takes. */
  long bytes() {
    return bytes;
  }

  /**
   * Whether more than half of that is for sessions that were hit, which fewer keys do not change.
   */
  boolean isMostlyHits() {
    return 2L * hits.length * (Long.BYTES + slices.size()) > bytes;
  }

  /** How many keys the grouping has that has the most. */
  int mostKeys() {
    return mostKeys;
  }
}
