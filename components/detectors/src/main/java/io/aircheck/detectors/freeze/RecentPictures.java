package io.aircheck.detectors.freeze;

import io.aircheck.core.picture.PictureGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Thumbnails of the last fraction of a second of the same shot: how far the picture moved just
 * before it came to rest. A cut empties it, because what was before the cut says nothing of how the
 * picture behind it moves. Media time; one thread.
 */
final class RecentPictures {
  /** How far back it reaches: a source that freezes does so at full motion. */
  static final long WINDOW_MICROS = 300_000;

  private static final int PICTURES = 8;

  /** Pictures that follow closer than this are left out, so that the window fits. */
  private static final long SPACING_MICROS = WINDOW_MICROS / PICTURES;

  /** Smallest difference of two pictures that may be a cut, 8-bit scale. */
  private static final double CUT = 8;

  /** How much larger than the usual difference that of a cut is. */
  private static final double CUT_RATIO = 3;

  /** Decay of the usual difference. */
  private static final double DECAY_MICROS = 500_000;

  private final float[][] cells = new float[PICTURES][PictureGrid.CELLS];
  private final long[] micros = new long[PICTURES];
  private int count;
  private int newest = PICTURES - 1;
  private double usual;

  /**
   * Follows the difference from picture to picture; to be told of each before it is compared.
   *
   * @param difference mean absolute difference of luma to the picture before, 8-bit scale
   */
  void follow(double difference, long durationMicros) {
    if (difference >= CUT && difference >= CUT_RATIO * usual) {
      count = 0;
    }
    usual += Math.min(1, durationMicros / DECAY_MICROS) * (difference - usual);
  }

  /** Takes in a picture: its cells are copied. */
  void add(float[] thumbnail, long atMicros) {
    if (count > 0 && atMicros - micros[newest] < SPACING_MICROS) {
      return;
    }
    newest = (newest + 1) % PICTURES;
    count = Math.min(PICTURES, count + 1);
    micros[newest] = atMicros;
    System.arraycopy(thumbnail, 0, cells[newest], 0, thumbnail.length);
  }

  /** How far one of them is from a picture at most. */
  Departure departureOf(float[] thumbnail, long atMicros) {
    double largest = 0;
    int moved = 0;
    for (int i = 0; i < count; i++) {
      int slot = (newest + PICTURES - i) % PICTURES;
      if (atMicros - micros[slot] > WINDOW_MICROS) {
        break;
      }
      largest = Math.max(largest, CellDistance.of(cells[slot], thumbnail));
      moved = Math.max(moved, CellDistance.beyond(cells[slot], thumbnail, Departure.MOVED));
    }
    return new Departure(largest, (double) moved / PictureGrid.CELLS);
  }

  void forget() {
    count = 0;
    usual = 0;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(count);
    state.writeInt(newest);
    state.writeDouble(usual);
    for (int slot = 0; slot < PICTURES; slot++) {
      state.writeLong(micros[slot]);
      CellDistance.write(cells[slot], state);
    }
  }

  void restore(DataInput state) throws IOException {
    count = state.readInt();
    newest = state.readInt();
    usual = state.readDouble();
    for (int slot = 0; slot < PICTURES; slot++) {
      micros[slot] = state.readLong();
      CellDistance.read(cells[slot], state);
    }
  }
}
