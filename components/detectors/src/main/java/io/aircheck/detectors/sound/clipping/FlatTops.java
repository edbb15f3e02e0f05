package io.aircheck.detectors.sound.clipping;

import io.aircheck.detectors.sound.History;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts the samples of one channel that lie in flat tops.
 *
 * <p>A flat top is a run of samples near the recent peak that is entered and left steeply. For a
 * sinusoid of any frequency, step at entry times length of the run is a constant share of the peak:
 * {@code 2 acos(q) sqrt(1 - q²)}, 0.96 at q = 0.75. Music and speech stay around that or below,
 * since what reaches the peak turns round slowly; a clipped waveform arrives at full speed and
 * stays. Ripple that lossy codecs leave on the top does not matter.
 */
final class FlatTops {
  /** Where a top begins, as a share of the recent peak. */
  private static final double TOP = 0.75;

  /** Step at the edges times length, in peaks. */
  private static final double STEEP = 1.5;

  /** Sampled, a sinusoid reaches 1.57 in runs of four, and at most 1.41 in longer ones. */
  private static final int SHORTEST = 5;

  /** Blocks over which the peak is taken: half a second. */
  private static final int PEAK_BLOCKS = 50;

  private final History peaks = new History(PEAK_BLOCKS);
  private float previous;
  private float sign;
  private int length;
  private float rise;

  private int flat;
  private int over;

  /** Samples of the flat tops that ended in the last block. */
  int flat() {
    return flat;
  }

  /** Samples beyond full scale in the last block. */
  int over() {
    return over;
  }

  void start() {
    peaks.clear();
    previous = 0;
    length = 0;
  }

  /**
   * Looks at a block.
   *
   * @param blockPeak largest magnitude in it
   */
  void count(float[] samples, int count, double blockPeak) {
    peaks.add(blockPeak);
    float peak = (float) peaks.max();
    float top = (float) (TOP * peak);
    flat = 0;
    over = 0;
    if (blockPeak <= top && length == 0) {
      previous = samples[count - 1];
      return;
    }
    float steep = (float) (STEEP * peak);
    for (int i = 0; i < count; i++) {
      float sample = samples[i];
      float magnitude = Math.abs(sample);
      if (length > 0) {
        if (sign * sample > top) {
          length++;
        } else {
          float fall = sign * (previous - sample);
          if (length >= SHORTEST && Math.min(rise, fall) * length > steep) {
            flat += length;
          }
          length = 0;
        }
      }
      if (length == 0 && magnitude > top) {
        sign = Math.signum(sample);
        rise = sign * (sample - previous);
        length = 1;
      }
      if (magnitude > 1) {
        over++;
      }
      previous = sample;
    }
  }

  void snapshot(DataOutput state) throws IOException {
    peaks.snapshot(state);
    state.writeFloat(previous);
    state.writeFloat(sign);
    state.writeInt(length);
    state.writeFloat(rise);
  }

  void restore(DataInput state) throws IOException {
    peaks.restore(state);
    previous = state.readFloat();
    sign = state.readFloat();
    length = state.readInt();
    rise = state.readFloat();
  }
}
