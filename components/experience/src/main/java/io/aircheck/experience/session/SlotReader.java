package io.aircheck.experience.session;

import org.jspecify.annotations.Nullable;

/** Reads what a {@link SlotWriter} wrote, in the same order. Not thread-safe. */
final class SlotReader {
  private final long[] numbers;
  private final @Nullable Object[] references;
  private int flag;
  private int number = 1;
  private int reference;

  SlotReader(long[] numbers, @Nullable Object[] references) {
    this.numbers = numbers;
    this.references = references;
  }

  long number() {
    return numbers[number++];
  }

  /** The first of the next two small numbers. */
  int first() {
    return (int) (numbers[number] >> Integer.SIZE);
  }

  /** The second of them; the next number comes after it. */
  int second() {
    return (int) numbers[number++];
  }

  boolean flag() {
    return (numbers[0] >> flag++ & 1) != 0;
  }

  /** What was written there, which is never null. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the order says what is where
  <T> T reference() {
    Object value = references[reference++];
    if (value == null) {
      throw new IllegalStateException("nothing was written here");
    }
    return (T) value;
  }
}
