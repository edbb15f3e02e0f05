package io.aircheck.experience.cube;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * An exact set of ids, as hashes of 64 bits: of a million ids, two share one with a probability of
 * 3e-8. Eight to sixteen bytes an id. Not thread-safe.
 */
public final class IdSet {
  private static final int FIRST = 8;

  /** 0 is free; an id that hashes to 0 is held as 1. */
  private long[] slots = new long[FIRST];

  private int size;

  /** Adds an id. */
  public void add(String id) {
    put(hash(id));
  }

  /** Adds all ids of another set. */
  public void addAll(IdSet other) {
    for (long hash : other.slots) {
      if (hash != 0) {
        put(hash);
      }
    }
  }

  /** Whether an id is in it. */
  public boolean contains(String id) {
    long hash = hash(id);
    return slots[place(slots, hash)] == hash;
  }

  /** How many ids are in it. */
  public int size() {
    return size;
  }

  /**
   * Adds all ids of another set.
   *
   * @return how many of those that were not in it are in a third one
   */
  public int addAll(IdSet other, IdSet third) {
    int found = 0;
    for (long hash : other.slots) {
      if (hash != 0) {
        int before = size;
        put(hash);
        found += size > before && third.slots[place(third.slots, hash)] == hash ? 1 : 0;
      }
    }
    return found;
  }

  /** Adds an id as a hash of {@link #sorted}. */
  void addHash(long hash) {
    put(hash);
  }

  /** Hashes of all ids, in their order. */
  long[] sorted() {
    long[] sorted = new long[size];
    int at = 0;
    for (long hash : slots) {
      if (hash != 0) {
        sorted[at++] = hash;
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** Writes all ids. */
  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (long hash : slots) {
      if (hash != 0) {
        out.writeLong(hash);
      }
    }
  }

  /** Adds ids that were written. */
  void addAll(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      put(in.readLong());
    }
  }

  private void put(long hash) {
    int at = place(slots, hash);
    if (slots[at] == hash) {
      return;
    }
    slots[at] = hash;
    size++;
    if (size * 4L > slots.length * 3L) {
      grow();
    }
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long hash : slots) {
      if (hash != 0) {
        larger[place(larger, hash)] = hash;
      }
    }
    slots = larger;
  }

  private static int place(long[] slots, long hash) {
    int at = (int) (hash >>> 32) & (slots.length - 1);
    while (slots[at] != 0 && slots[at] != hash) {
      at = (at + 1) & (slots.length - 1);
    }
    return at;
  }

  /** FNV-1a over the characters, then the finalizer of MurmurHash3. */
  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }
}
