package io.aircheck.experience.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a state into arrays, over what is in them, and grows them where they are too small. What
 * is written has to be read by a {@link SlotReader} in the same order. Not thread-safe.
 */
final class SlotWriter {
  private static final int GROWTH = 8;

  /** So many times as much room as is needed is too much; less comes and goes. */
  private static final int LARGE = 3;

  private long[] numbers;
  private @Nullable Object[] references;
  private long flags;
  private int flag;
  private int number = 1; // the first has the flags
  private int reference;

  SlotWriter(long[] numbers, @Nullable Object[] references) {
    this.numbers = numbers;
    this.references = references;
  }

  void number(long value) {
    if (number == numbers.length) {
      numbers = Arrays.copyOf(numbers, number + GROWTH);
    }
    numbers[number++] = value;
  }

  /** Two small numbers in the place of one. */
  void pair(int one, int other) {
    number((long) one << Integer.SIZE | Integer.toUnsignedLong(other));
  }

  /** At most 64 in a state. */
  void flag(boolean value) {
    flags |= (value ? 1L : 0) << flag++;
  }

  void reference(Object value) {
    if (reference == references.length) {
      references = Arrays.copyOf(references, reference + GROWTH);
    }
    if (references[reference] != value) { // a store is dearer: it is noted for the next collection
      references[reference] = value;
    }
    reference++;
  }

  /** All is written; what is left of a larger state is forgotten. */
  void end() {
    numbers[0] = flags;
    if (numbers.length > LARGE * number) {
      numbers = Arrays.copyOf(numbers, number);
    }
    if (references.length > LARGE * reference) {
      references = Arrays.copyOf(references, reference);
    }
    for (int i = reference; i < references.length && references[i] != null; i++) {
      references[i] = null;
    }
  }

  long[] numbers() {
    return numbers;
  }

  @Nullable Object[] references() {
    return references;
  }
}
