package io.aircheck.detectors.flash;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.picture.ChromaStatistics;
import io.aircheck.core.picture.PictureGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Changes to and from saturated red per cell (WCAG 2.2, 2.3.1): a state with R / (R + G + B) of at
 * least 0.8 in linear light, and a distance of more than 0.2 in CIE 1976 u'v' between the states.
 * Y'CbCr is taken as ITU-R BT.709 and its primaries.
 */
final class RedCells {
  private static final double SATURATED = 0.8;
  private static final double MIN_DISTANCE = 0.2;

  /** Transfer to linear light as ITU-R BT.1886. */
  private static final double GAMMA = 2.4;

  /** u', v' of D65 white. */
  private static final double WHITE_U = 0.1978;

  private static final double WHITE_V = 0.4683;

  /** Cr below this is not saturated red at any luma. */
  private static final float MIN_CR = 150;

  private final boolean[] red = new boolean[PictureGrid.CELLS];
  private final float[] u = new float[PictureGrid.CELLS];
  private final float[] v = new float[PictureGrid.CELLS];
  private boolean started;
  private final BitSet onsets = new BitSet(PictureGrid.CELLS);
  private final BitSet ends = new BitSet(PictureGrid.CELLS);
  private final double[] color = new double[3];

  /** Takes in a picture. */
  void update(float[] luma, ChromaStatistics chroma, ColorRange range) {
    onsets.clear();
    ends.clear();
    for (int i = 0; i < luma.length; i++) {
      boolean mayBeRed = chroma.cr()[i] >= MIN_CR;
      if (started && !mayBeRed && !red[i]) {
        continue;
      }
      measure(luma[i], chroma.cb()[i], chroma.cr()[i], range);
      boolean now = mayBeRed && color[0] >= SATURATED;
      if (now == red[i] && started) {
        continue;
      }
      // Where the colour before was not measured it was neutral or nearly so: white's is taken.
      double distance = Math.hypot(color[1] - u[i], color[2] - v[i]);
      if (started && distance > MIN_DISTANCE) {
        if (now) {
          onsets.set(i);
        } else {
          ends.set(i);
        }
      }
      red[i] = now;
      u[i] = (float) (now ? color[1] : WHITE_U);
      v[i] = (float) (now ? color[2] : WHITE_V);
    }
    started = true;
  }

  /** Cells that turned red in the last picture; valid until the next. */
  BitSet onsets() {
    return onsets;
  }

  /** Cells that ceased to be red in the last picture; valid until the next. */
  BitSet ends() {
    return ends;
  }

  void forget() {
    started = false;
    Arrays.fill(red, false);
  }

  /** Share of red in linear light, u', v'. */
  private void measure(double luma, double cb, double cr, ColorRange range) {
    double scale = range == ColorRange.FULL ? 255 : 219;
    double chromaScale = range == ColorRange.FULL ? 255 : 224;
    double y = (luma - range.black()) / scale;
    double b = (cb - 128) / chromaScale;
    double r = (cr - 128) / chromaScale;
    double red = linear(y + 1.5748 * r);
    double green = linear(y - 0.1873 * b - 0.4681 * r);
    double blue = linear(y + 1.8556 * b);
    double sum = red + green + blue;
    double x = 0.4124 * red + 0.3576 * green + 0.1805 * blue;
    double yy = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    double z = 0.0193 * red + 0.1192 * green + 0.9505 * blue;
    double denominator = x + 15 * yy + 3 * z;
    boolean dark = denominator < 1e-6;
    color[0] = sum < 1e-6 ? 0 : red / sum;
    color[1] = dark ? WHITE_U : 4 * x / denominator;
    color[2] = dark ? WHITE_V : 9 * yy / denominator;
  }

  private static double linear(double value) {
    return value <= 0 ? 0 : Math.pow(Math.min(1, value), GAMMA);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(started);
    for (int i = 0; i < red.length; i++) {
      state.writeBoolean(red[i]);
      state.writeFloat(u[i]);
      state.writeFloat(v[i]);
    }
  }

  void restore(DataInput state) throws IOException {
    started = state.readBoolean();
    for (int i = 0; i < red.length; i++) {
      red[i] = state.readBoolean();
      u[i] = state.readFloat();
      v[i] = state.readFloat();
    }
  }
}
