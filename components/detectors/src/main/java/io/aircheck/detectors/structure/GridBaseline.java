package io.aircheck.detectors.structure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much the block grid stands out now against the last seconds: the difference of a fast and a
 * slow average. The slow one takes out what a codec's own blocks and aligned texture contribute all
 * the time.
 */
final class GridBaseline {
  private static final double FAST_SECONDS = 0.25;
  private static final double SLOW_SECONDS = 4;

  /** Time without verdict while the averages fill. */
  private static final long SETTLE_MICROS = 1_000_000;

  private long sinceMicros = Long.MIN_VALUE;
  private long lastMicros;
  private int count;
  private double fast;
  private double slow;

  void clear() {
    sinceMicros = Long.MIN_VALUE;
  }

  /**
   * Takes in the contrast of a picture.
   *
   * @return how far it is above the baseline; 0 in the first second
   */
  double rise(long ptsMicros, double contrast) {
    if (sinceMicros == Long.MIN_VALUE) {
      sinceMicros = ptsMicros;
      lastMicros = ptsMicros;
      count = 0;
      fast = 0;
      slow = 0;
    }
    double seconds = (ptsMicros - lastMicros) / 1e6;
    lastMicros = ptsMicros;
    count++;
    fast += Math.max(weight(seconds, FAST_SECONDS), 1.0 / count) * (contrast - fast);
    if (ptsMicros - sinceMicros < SETTLE_MICROS) {
      slow += (fast - slow) / count;
      return 0;
    }
    slow += weight(seconds, SLOW_SECONDS) * (fast - slow);
    return fast - slow;
  }

  private static double weight(double seconds, double timeConstant) {
    return 1 - Math.exp(-seconds / timeConstant);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(sinceMicros);
    state.writeLong(lastMicros);
    state.writeInt(count);
    state.writeDouble(fast);
    state.writeDouble(slow);
  }

  void restore(DataInput state) throws IOException {
    sinceMicros = state.readLong();
    lastMicros = state.readLong();
    count = state.readInt();
    fast = state.readDouble();
    slow = state.readDouble();
  }
}
