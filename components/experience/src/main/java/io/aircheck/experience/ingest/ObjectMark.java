package io.aircheck.experience.ingest;

import io.aircheck.experience.ingest.LogBucket.Item;

/**
 * How far an object of a bucket has been read.
 *
 * @param modifiedMillis when it was put there
 * @param offset bytes of lines, not compressed; {@link #WHOLE}: all of them
 * @param key its name; empty: objects from before that time are none of ours
 */
record ObjectMark(long modifiedMillis, long offset, String key) {
  static final long WHOLE = -1;

  static ObjectMark of(Item item, long offset) {
    return new ObjectMark(item.modifiedMillis(), offset, item.key());
  }

  static ObjectMark since(long millis) {
    return new ObjectMark(millis, WHOLE, "");
  }

  /**
   * Reads what {@link #toString} has written.
   *
   * @throws IllegalArgumentException if it is none
   */
  static ObjectMark parse(String text) {
    String[] words = text.split(" ", 3);
    if (words.length != 3) {
      throw new IllegalArgumentException("no mark of an object: " + text);
    }
    return new ObjectMark(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]);
  }

  @Override
  public String toString() {
    return modifiedMillis + " " + offset + " " + key;
  }
}
