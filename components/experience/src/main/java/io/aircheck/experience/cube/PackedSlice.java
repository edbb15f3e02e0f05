package io.aircheck.experience.cube;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One grouping in a window that is over, as {@link Slice} is while it goes on. Immutable.
 *
 * <p>Keys that the window packed before has as well are those same objects: most viewers are the
 * same from window to window.
 */
final class PackedSlice {
  /** A list, a text for each value, and the arrays that they are in. */
  private static final long KEY_BYTES = 48;

  private static final long VALUE_BYTES = 48;

  /** A reference to a key and the place of its cell. */
  private static final long ENTRY_BYTES = 8;

  private final List<String>[] keys;

  /** Where cells begin in the bytes; the others come last. */
  private final int[] places;

  private final byte[] cells;
  private final long bytes;

  private PackedSlice(List<String>[] keys, int[] places, byte[] cells, long newKeyBytes) {
    this.keys = keys;
    this.places = places;
    this.cells = cells;
    this.bytes = cells.length + ENTRY_BYTES * places.length + newKeyBytes;
  }

  /**
   * Packs a slice.
   *
   * @param hits hashes of all sessions of the window that were hit, in their order
   * @param like a slice of the same grouping that may have the same keys
   */
  static PackedSlice of(Slice slice, long[] hits, @Nullable PackedSlice like) {
    Map<List<String>, List<String>> known = new HashMap<>();
    if (like != null) {
      for (List<String> key : like.keys) {
        known.put(key, key);
      }
    }
    List<String>[] keys = newKeys(slice.size());
    int[] places = new int[keys.length + 1];
    PackedWriter out = new PackedWriter();
    long newKeyBytes = 0;
    int at = 0;
    for (Map.Entry<List<String>, Cell> cell : slice.cells().entrySet()) {
      List<String> shared = known.get(cell.getKey());
      newKeyBytes += shared == null ? bytes(cell.getKey()) : 0;
      keys[at] = shared == null ? cell.getKey() : shared;
      places[at++] = out.length();
      cell.getValue().pack(out, hits);
    }
    places[at] = out.length();
    slice.others().pack(out, hits);
    return new PackedSlice(keys, places, out.toBytes(), newKeyBytes);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of lists cannot be made otherwise
  private static List<String>[] newKeys(int count) {
    return new List[count];
  }

  private static long bytes(List<String> key) {
    long bytes = KEY_BYTES;
    for (String value : key) {
      bytes += VALUE_BYTES + value.length();
    }
    return bytes;
  }

  /** Adds all cells to those of an answer. */
  void addTo(CubeRows rows, long[] hits) {
    for (int i = 0; i < keys.length; i++) {
      Cell row = rows.of(keys[i]);
      if (row != null) {
        add(row, i, rows, hits);
      }
    }
    add(rows.others(), keys.length, rows, hits);
  }

  private void add(Cell row, int cell, CubeRows rows, long[] hits) {
    PackedReader in = new PackedReader(cells, places[cell]);
    if (rows.sumsAlone()) {
      row.mergeSums(in);
    } else {
      row.merge(in, hits);
    }
  }

  /** Adds all cells to a slice of the grouping. */
  void addTo(Slice slice, long[] hits) {
    for (int i = 0; i < keys.length; i++) {
      slice.cell(keys[i]).merge(new PackedReader(cells, places[i]), hits);
    }
    slice.others().merge(new PackedReader(cells, places[keys.length]), hits);
  }

  /** How many keys have cells. */
  int size() {
    return keys.length;
  }

  /** How much memory it takes. */
  long bytes() {
    return bytes;
  }
}
