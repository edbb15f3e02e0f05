package io.aircheck.detectors.sync;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * Pairs flashes with beeps. An offset is certain when the last {@value #PAIRS} flashes and the last
 * {@value #PAIRS} beeps belong together one by one with the same offset, and nothing was left over.
 */
final class OnsetPairs {
  /** Pairs that must agree. */
  static final int PAIRS = 3;

  /** Pairs agree within the length of a picture at 25 per second. */
  private static final long AGREEMENT_MICROS = 40_000;

  private final Deque<Long> flashes = new ArrayDeque<>();
  private final Deque<Long> beeps = new ArrayDeque<>();

  void flash(long micros) {
    add(flashes, micros);
  }

  void beep(long micros) {
    add(beeps, micros);
  }

  private static void add(Deque<Long> onsets, long micros) {
    onsets.addLast(micros);
    if (onsets.size() > PAIRS) {
      onsets.removeFirst();
    }
  }

  void clear() {
    flashes.clear();
    beeps.clear();
  }

  /** Media time of the first flash that is paired; meaningful while {@link #offsetMicros} is. */
  long sinceMicros() {
    return flashes.isEmpty() ? 0 : flashes.getFirst();
  }

  /** How much later the beeps are than the flashes, if that is certain. */
  OptionalDouble offsetMicros() {
    if (flashes.size() < PAIRS || beeps.size() < PAIRS) {
      return OptionalDouble.empty();
    }
    Long[] seen = flashes.toArray(Long[]::new);
    Long[] heard = beeps.toArray(Long[]::new);
    long shortest = Long.MAX_VALUE;
    double sum = 0;
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < PAIRS; i++) {
      long offset = heard[i] - seen[i];
      sum += offset;
      least = Math.min(least, offset);
      most = Math.max(most, offset);
      if (i > 0) {
        shortest = Math.min(shortest, seen[i] - seen[i - 1]);
        shortest = Math.min(shortest, heard[i] - heard[i - 1]);
      }
    }
    // Beyond half the time between flashes it cannot be told which beep belongs to which flash.
    boolean certain = most - least <= AGREEMENT_MICROS && Math.max(most, -least) < 0.45 * shortest;
    return certain ? OptionalDouble.of(sum / PAIRS) : OptionalDouble.empty();
  }

  void snapshot(DataOutput state) throws IOException {
    write(flashes, state);
    write(beeps, state);
  }

  void restore(DataInput state) throws IOException {
    read(flashes, state);
    read(beeps, state);
  }

  private static void write(Deque<Long> onsets, DataOutput state) throws IOException {
    state.writeInt(onsets.size());
    for (long onset : onsets) {
      state.writeLong(onset);
    }
  }

  private static void read(Deque<Long> onsets, DataInput state) throws IOException {
    onsets.clear();
    for (int count = state.readInt(); count > 0; count--) {
      onsets.addLast(state.readLong());
    }
  }
}
