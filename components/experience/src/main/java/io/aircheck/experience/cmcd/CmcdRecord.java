package io.aircheck.experience.cmcd;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One set of keys as it was read, before anything is made of it. Is used again for the next one.
 * Not thread-safe.
 */
public final class CmcdRecord {
  private static final int KEYS = CmcdKey.values().length;
  private static final int MOST_ITEMS = 256;

  private final long[] numbers = new long[KEYS];
  private final @Nullable String[] texts = new String[KEYS];
  private final int[] firstItem = new int[KEYS];
  private final int[] itemCount = new int[KEYS];
  private long[] items = new long[32];
  private int[] itemTypes = new int[32];
  private final Map<String, String> custom = new LinkedHashMap<>();
  private long present;
  private int itemsUsed;
  private int members;
  private int faults;

  /** Forgets everything but what saves memory: equal texts of the next set are the same object. */
  void clear() {
    present = 0;
    itemsUsed = 0;
    members = 0;
    faults = 0;
    if (!custom.isEmpty()) {
      custom.clear();
    }
  }

  /** Whether a key has a value. */
  public boolean has(CmcdKey key) {
    return (present & key.bit()) != 0;
  }

  /** Takes the value of a key away. */
  public void remove(CmcdKey key) {
    present &= ~key.bit();
  }

  /** The number, flag, thousandths or packed word of a key; another number when it has none. */
  public long number(CmcdKey key, long none) {
    return has(key) ? numbers[key.ordinal()] : none;
  }

  /** The text of a key, or the first of its texts; null when it has none. */
  public @Nullable String text(CmcdKey key) {
    return has(key) ? texts[key.ordinal()] : null;
  }

  /** Sum of the numbers of a key for sound and picture; -1 when it has none for either. */
  public long sum(CmcdKey key) {
    if (!has(key)) {
      return -1;
    }
    long picture = largest(key, CmcdTokens.VIDEO);
    long sound = largest(key, CmcdTokens.AUDIO);
    if (picture >= 0 || sound >= 0) {
      long both = Math.max(picture, 0) + Math.max(sound, 0);
      return Math.max(both, largest(key, CmcdTokens.MUXED));
    }
    return largest(key);
  }

  /** Whether a number of a key is told to be of pictures. */
  boolean hasPicture(CmcdKey key) {
    return has(key) && (largest(key, CmcdTokens.VIDEO) >= 0 || largest(key, CmcdTokens.MUXED) >= 0);
  }

  /** The largest number of a key; -1: none. */
  public long largest(CmcdKey key) {
    long largest = -1;
    for (int i = 0; has(key) && i < itemCount[key.ordinal()]; i++) {
      largest = Math.max(largest, items[firstItem[key.ordinal()] + i]);
    }
    return largest;
  }

  /** The smallest number of a key; -1: none. */
  public long smallest(CmcdKey key) {
    long smallest = -1;
    for (int i = 0; has(key) && i < itemCount[key.ordinal()]; i++) {
      long item = items[firstItem[key.ordinal()] + i];
      smallest = smallest < 0 ? item : Math.min(smallest, item);
    }
    return smallest;
  }

  /** Custom keys that were asked for, with their values. */
  public Map<String, String> custom() {
    return custom;
  }

  /** How many members were read, of known and unknown keys. */
  int members() {
    return members;
  }

  /** How many members were ill-formed or ill-typed. */
  public int faults() {
    return faults;
  }

  void member() {
    members++;
  }

  void fault() {
    faults++;
  }

  void setNumber(CmcdKey key, long value) {
    numbers[key.ordinal()] = value;
    present |= key.bit();
  }

  void setText(CmcdKey key, String value) {
    texts[key.ordinal()] = value;
    present |= key.bit();
  }

  void setCustom(String key, String value) {
    custom.put(key, value);
  }

  /** The text that a key had in this set or in one before it. */
  @Nullable String formerText(CmcdKey key) {
    return texts[key.ordinal()];
  }

  void startList(CmcdKey key) {
    firstItem[key.ordinal()] = itemsUsed;
    itemCount[key.ordinal()] = 0;
  }

  void addItem(CmcdKey key, long value, int type) {
    if (itemsUsed == MOST_ITEMS) {
      return; // nobody has so many tracks
    }
    if (itemsUsed == items.length) {
      items = Arrays.copyOf(items, 2 * itemsUsed);
      itemTypes = Arrays.copyOf(itemTypes, 2 * itemsUsed);
    }
    items[itemsUsed] = value;
    itemTypes[itemsUsed++] = type;
    itemCount[key.ordinal()]++;
    present |= key.bit();
  }

  private long largest(CmcdKey key, int type) {
    long largest = -1;
    for (int i = 0; i < itemCount[key.ordinal()]; i++) {
      int at = firstItem[key.ordinal()] + i;
      if (itemTypes[at] == type) {
        largest = Math.max(largest, items[at]);
      }
    }
    return largest;
  }
}
