package io.aircheck.detectors.sound.hum;

import io.aircheck.detectors.vector.DotProduct;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Reduces one channel to about a thousand samples per second: what lies below 400 Hz.
 *
 * <p>A windowed sinc (Hamming) of thirteen times the decimation passes up to 370 Hz and holds off
 * what would fold there by some 50 dB, so that a cymbal is no hum.
 */
final class LowBand {
  private static final double TARGET_HERTZ = 1000;
  private static final int TAPS_PER_STEP = 13;

  private final int decimation;
  private final double rate;
  private final float[] taps;

  /** The last samples as a ring, twice in a row: from any point on they follow each other. */
  private final float[] recent;

  private int next;
  private int untilOutput;

  /**
   * @param sampleRate samples per second of the input
   */
  LowBand(int sampleRate) {
    decimation = Math.max(1, (int) Math.round(sampleRate / TARGET_HERTZ));
    rate = (double) sampleRate / decimation;
    taps = taps(TAPS_PER_STEP * decimation, 0.5 / decimation);
    recent = new float[2 * taps.length];
    untilOutput = decimation;
  }

  private static float[] taps(int count, double cutoff) {
    double[] ideal = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double x = i - (count - 1) / 2.0;
      double sinc = x == 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
      ideal[i] = sinc * (0.54 - 0.46 * Math.cos(2 * Math.PI * i / (count - 1)));
      sum += ideal[i];
    }
    float[] taps = new float[count];
    for (int i = 0; i < count; i++) {
      taps[i] = (float) (ideal[i] / sum);
    }
    return taps;
  }

  /** Samples per second of the output. */
  double rate() {
    return rate;
  }

  /** Most samples that come out for a number of samples that go in. */
  int outputsFor(int inputs) {
    return inputs / decimation + 1;
  }

  /**
   * Takes samples.
   *
   * @param out receives the reduced samples
   * @return how many there are
   */
  int reduce(float[] samples, int count, double[] out) {
    int outputs = 0;
    for (int i = 0; i < count; i++) {
      recent[next] = samples[i];
      recent[next + taps.length] = samples[i];
      next = next + 1 == taps.length ? 0 : next + 1;
      if (--untilOutput == 0) {
        untilOutput = decimation;
        // The taps are symmetric: which end comes first does not matter.
        out[outputs++] = DotProduct.of(taps, recent, next);
      }
    }
    return outputs;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(next);
    state.writeInt(untilOutput);
    for (int i = 0; i < taps.length; i++) {
      state.writeFloat(recent[i]);
    }
  }

  void restore(DataInput state) throws IOException {
    next = state.readInt();
    untilOutput = state.readInt();
    for (int i = 0; i < taps.length; i++) {
      recent[i] = state.readFloat();
      recent[taps.length + i] = recent[i];
    }
  }
}
