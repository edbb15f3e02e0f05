package io.aircheck.detectors.flash;

import io.aircheck.core.picture.PictureGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Counts transitions of the picture: opposing changes that each take in more than a quarter of its
 * area within a few pictures, and the same quarter as the change before. A pair of them is a flash.
 *
 * <p>Where something large moves fast, many cells turn brighter where it leaves and many darker
 * where it arrives, but they are other cells each time: nothing flashes. Changes of another area do
 * not count until the one that changed has been at rest.
 */
final class FlashCounter {
  /** Flashing is over when no transition comes for this long: three a second come sooner. */
  static final long PAUSE_MICROS = 300_000;

  /** Area that a flash takes in (ITU-R BT.1702, WCAG 2.3.1). */
  private static final double MIN_AREA = 0.25;

  /** Time within which cells change together. */
  private static final long TOGETHER_MICROS = 50_000;

  private static final long SECOND_MICROS = 1_000_000;

  // Changes of the last pictures, newest last.
  private final long[] changeMicros = new long[16];
  private final BitSet[] ups = cellSets();
  private final BitSet[] downs = cellSets();

  // Transitions of the last second, oldest first; more than these need not be told apart.
  private final long[] transitions = new long[64];
  private int transitionCount;
  private int lastDirection;

  /** Cells that took part in the last transition. */
  private final BitSet lastCells = new BitSet(PictureGrid.CELLS);

  private final BitSet changing = new BitSet(PictureGrid.CELLS);
  private final BitSet again = new BitSet(PictureGrid.CELLS);

  /**
   * Takes in the changes of a picture.
   *
   * @param up cells that changed one way
   * @param down cells that changed the other way
   */
  void update(long atMicros, BitSet up, BitSet down) {
    int last = ups.length - 1;
    System.arraycopy(changeMicros, 1, changeMicros, 0, last);
    changeMicros[last] = atMicros;
    push(ups, up);
    push(downs, down);
    expire(atMicros);
    if (lastDirection != 0 && atMicros - lastMicros() <= TOGETHER_MICROS) {
      lastCells.or(lastDirection > 0 ? up : down);
    }
    if (lastDirection <= 0 && collect(ups, atMicros)) {
      add(atMicros, 1, ups);
    } else if (lastDirection >= 0 && collect(downs, atMicros)) {
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
    clear(ups);
    clear(downs);
    transitionCount = 0;
    lastDirection = 0;
    lastCells.clear();
  }

  void snapshot(DataOutput state) throws IOException {
    for (int i = 0; i < ups.length; i++) {
      state.writeLong(changeMicros[i]);
      write(ups[i], state);
      write(downs[i], state);
    }
    state.writeInt(transitionCount);
    for (int i = 0; i < transitionCount; i++) {
      state.writeLong(transitions[i]);
    }
    state.writeInt(lastDirection);
    write(lastCells, state);
  }

  void restore(DataInput state) throws IOException {
    for (int i = 0; i < ups.length; i++) {
      changeMicros[i] = state.readLong();
      read(ups[i], state);
      read(downs[i], state);
    }
    transitionCount = state.readInt();
    if (transitionCount < 0 || transitionCount > transitions.length) {
      throw new IOException("count of transitions out of range: " + transitionCount);
    }
    for (int i = 0; i < transitionCount; i++) {
      transitions[i] = state.readLong();
    }
    lastDirection = state.readInt();
    read(lastCells, state);
  }

  /** Collects the cells that changed together; whether they are enough for a transition. */
  private boolean collect(BitSet[] changes, long nowMicros) {
    changing.clear();
    for (int i = 0; i < changes.length; i++) {
      if (nowMicros - changeMicros[i] <= TOGETHER_MICROS) {
        changing.or(changes[i]);
      }
    }
    return isLarge(changing);
  }

  private static boolean isLarge(BitSet cells) {
    return cells.cardinality() > MIN_AREA * PictureGrid.CELLS;
  }

  private void add(long atMicros, int direction, BitSet[] changes) {
    again.clear();
    again.or(changing);
    again.and(lastCells);
    if (!isLarge(again)) {
      if (atMicros - lastMicros() < PAUSE_MICROS) {
        return;
      }
      drop(transitionCount);
    }
    clear(changes);
    lastDirection = direction;
    lastCells.clear();
    lastCells.or(changing);
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

  private static BitSet[] cellSets() {
    BitSet[] sets = new BitSet[16];
    Arrays.setAll(sets, i -> new BitSet(PictureGrid.CELLS));
    return sets;
  }

  private static void clear(BitSet[] changes) {
    for (BitSet change : changes) {
      change.clear();
    }
  }

  /** Puts cells at the end, into the set that held the oldest. */
  private static void push(BitSet[] changes, BitSet cells) {
    BitSet oldest = changes[0];
    System.arraycopy(changes, 1, changes, 0, changes.length - 1);
    oldest.clear();
    oldest.or(cells);
    changes[changes.length - 1] = oldest;
  }

  private static void write(BitSet cells, DataOutput state) throws IOException {
    long[] words = cells.toLongArray();
    state.writeInt(words.length);
    for (long word : words) {
      state.writeLong(word);
    }
  }

  private static void read(BitSet cells, DataInput state) throws IOException {
    int count = state.readInt();
    if (count < 0 || count > (PictureGrid.CELLS + Long.SIZE - 1) / Long.SIZE) {
      throw new IOException("count of cell words out of range: " + count);
    }
    long[] words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] = state.readLong();
    }
    cells.clear();
    cells.or(BitSet.valueOf(words));
  }
}
