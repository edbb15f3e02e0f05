package io.aircheck.detectors.freeze;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Differences of two pictures, cell by cell. */
final class CellDistance {
  /**
   * A change of a single cell counts by this part: a small clock runs, noise does not get there.
   */
  private static final float SINGLE = 1f / 8;

  private CellDistance() {}

  /**
   * The third largest difference of a cell, so that a spot of noise is not motion, or an eighth of
   * the largest, so that a small clock is.
   */
  static double of(float[] a, float[] b) {
    float first = 0;
    float second = 0;
    float third = 0;
    for (int i = 0; i < a.length; i++) {
      float difference = Math.abs(a[i] - b[i]);
      if (difference > third) {
        if (difference > first) {
          third = second;
          second = first;
          first = difference;
        } else if (difference > second) {
          third = second;
          second = difference;
        } else {
          third = difference;
        }
      }
    }
    return Math.max(third, first * SINGLE);
  }

  /** Number of cells that differ by more than a limit. */
  static int beyond(float[] a, float[] b, double limit) {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > limit) {
        count++;
      }
    }
    return count;
  }

  static void write(float[] cells, DataOutput state) throws IOException {
    for (float cell : cells) {
      state.writeFloat(cell);
    }
  }

  static void read(float[] cells, DataInput state) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = state.readFloat();
    }
  }
}
