package io.aircheck.detectors.flash;

import io.aircheck.core.picture.PictureGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts transitions of the picture as a whole: opposing changes that each take in more than a
 * quarter of its area within a few pictures. A pair of them is a flash.
 */
final class FlashCounter {
  /** Area that a flash takes in (ITU-R BT.1702, WCAG 2.3.1). */
  private static final double MIN_AREA = 0.25;

  /** Time within which cells change together. */
  private static final long TOGETHER_MICROS = 50_000;

  private static final long SECOND_MICROS = 1_000_000;

  // Changes of the last pictures, newest last.
  private final long[] changeMicros = new long[16];
  private final int[] ups = new int[16];
  private final int[] downs = new int[16];

  // Transitions of the last second, oldest first; more than these need not be told apart.
  private final long[] transitions = new long[64];
  private int transitionCount;
  private int lastDirection;

  /**
   * Takes in the changes of a picture.
   *
   * @param up cells that changed one way
   * @param down cells that changed the other way
   */
  void update(long atMicros, int up, int down) {
    int last = ups.length - 1;
    System.arraycopy(changeMicros, 1, changeMicros, 0, last);
    System.arraycopy(ups, 1, ups, 0, last);
    System.arraycopy(downs, 1, downs, 0, last);
    changeMicros[last] = atMicros;
    ups[last] = up;
    downs[last] = down;
    expire(atMicros);
    if (lastDirection <= 0 && area(ups, atMicros) > MIN_AREA) {
      add(atMicros, 1, ups);
    } else if (lastDirection >= 0 && area(downs, atMicros) > MIN_AREA) {
      add(atMicros, -1, downs);
    }
  }

  /** Transitions in the second that ended with the last picture. */
  int transitions() {
    return transitionCount;
  }

  /** Media time of the first of them. */
  long firstMicros() {
    return transitions[0];
  }

  /** Media time of the last of them. */
  long lastMicros() {
    return transitionCount == 0 ? Long.MIN_VALUE / 2 : transitions[transitionCount - 1];
  }

  void forget() {
    Arrays.fill(ups, 0);
    Arrays.fill(downs, 0);
    transitionCount = 0;
    lastDirection = 0;
  }

  void snapshot(DataOutput state) throws IOException {
    for (int i = 0; i < ups.length; i++) {
      state.writeLong(changeMicros[i]);
      state.writeInt(ups[i]);
      state.writeInt(downs[i]);
    }
    state.writeInt(transitionCount);
    for (int i = 0; i < transitionCount; i++) {
      state.writeLong(transitions[i]);
    }
    state.writeInt(lastDirection);
  }

  void restore(DataInput state) throws IOException {
    for (int i = 0; i < ups.length; i++) {
      changeMicros[i] = state.readLong();
      ups[i] = state.readInt();
      downs[i] = state.readInt();
    }
    transitionCount = state.readInt();
    if (transitionCount < 0 || transitionCount > transitions.length) {
      throw new IOException("count of transitions out of range: " + transitionCount);
    }
    for (int i = 0; i < transitionCount; i++) {
      transitions[i] = state.readLong();
    }
    lastDirection = state.readInt();
  }

  private double area(int[] changes, long nowMicros) {
    int sum = 0;
    for (int i = 0; i < changes.length; i++) {
      if (nowMicros - changeMicros[i] <= TOGETHER_MICROS) {
        sum += changes[i];
      }
    }
    return (double) sum / PictureGrid.CELLS;
  }

  private void add(long atMicros, int direction, int[] changes) {
    Arrays.fill(changes, 0);
    lastDirection = direction;
    if (transitionCount == transitions.length) {
      drop(1);
    }
    transitions[transitionCount++] = atMicros;
  }

  private void expire(long nowMicros) {
    int old = 0;
    while (old < transitionCount && nowMicros - transitions[old] >= SECOND_MICROS) {
      old++;
    }
    drop(old);
  }

  private void drop(int count) {
    transitionCount -= count;
    System.arraycopy(transitions, count, transitions, 0, transitionCount);
  }
}
