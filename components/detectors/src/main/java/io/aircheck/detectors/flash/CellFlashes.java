package io.aircheck.detectors.flash;

import io.aircheck.core.picture.PictureGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Luminance changes per cell: an alternation of rises and falls by at least a tenth of the
 * luminance of white whose darker state is below eight tenths (20 and 160 cd/m2 on the 200 cd/m2
 * display of ITU-R BT.1702; WCAG 2.3.1 in relative terms).
 */
final class CellFlashes {
  private static final float MIN_CHANGE = 0.1f;
  private static final float MAX_DARKER = 0.8f;

  private final float[] low = new float[PictureGrid.CELLS];
  private final float[] high = new float[PictureGrid.CELLS];
  private final byte[] direction = new byte[PictureGrid.CELLS];
  private boolean started;
  private final BitSet rises = new BitSet(PictureGrid.CELLS);
  private final BitSet falls = new BitSet(PictureGrid.CELLS);

  /**
   * Takes in a picture.
   *
   * @param luminance relative luminance per cell, 0..1
   */
  void update(float[] luminance) {
    rises.clear();
    falls.clear();
    if (!started) {
      System.arraycopy(luminance, 0, low, 0, low.length);
      System.arraycopy(luminance, 0, high, 0, high.length);
      started = true;
      return;
    }
    for (int i = 0; i < luminance.length; i++) {
      float now = luminance[i];
      if (direction[i] >= 0) {
        high[i] = Math.max(high[i], now);
      }
      if (direction[i] <= 0) {
        low[i] = Math.min(low[i], now);
      }
      if (direction[i] <= 0 && now - low[i] >= MIN_CHANGE && low[i] < MAX_DARKER) {
        direction[i] = 1;
        high[i] = now;
        rises.set(i);
      } else if (direction[i] >= 0 && high[i] - now >= MIN_CHANGE && now < MAX_DARKER) {
        direction[i] = -1;
        low[i] = now;
        falls.set(i);
      }
    }
  }

  /** Cells that completed a rise in the last picture; valid until the next. */
  BitSet rises() {
    return rises;
  }

  /** Cells that completed a fall in the last picture; valid until the next. */
  BitSet falls() {
    return falls;
  }

  void forget() {
    started = false;
    Arrays.fill(direction, (byte) 0);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(started);
    for (int i = 0; i < low.length; i++) {
      state.writeFloat(low[i]);
      state.writeFloat(high[i]);
      state.writeByte(direction[i]);
    }
  }

  void restore(DataInput state) throws IOException {
    started = state.readBoolean();
    for (int i = 0; i < low.length; i++) {
      low[i] = state.readFloat();
      high[i] = state.readFloat();
      direction[i] = state.readByte();
    }
  }
}
