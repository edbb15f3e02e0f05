package io.aircheck.detectors.sound.loudness;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The levels of a programme of any length, in bins of 0.1 LU from -70 to +10 LUFS. Bins keep the
 * sum of the powers in them, so that means are exact but for the blocks in the bin of the gate.
 * What is below -70 LUFS is left out: the absolute gate of ITU-R BS.1770-4. So is what is above
 * +10: samples within full scale do not get there, but what decoders make of damaged sound does,
 * and a moment of it would be the loudness of the whole programme.
 */
final class LoudnessHistogram {
  private static final double BINS_PER_LU = 10;
  private static final int BINS = 800;
  private static final double MOST_LUFS = Loudness.GATE_LUFS + BINS / BINS_PER_LU;
  private static final double LOW_PERCENTILE = 0.10;
  private static final double HIGH_PERCENTILE = 0.95;

  private final long[] counts = new long[BINS];
  private final double[] powers = new double[BINS];

  void clear() {
    Arrays.fill(counts, 0);
    Arrays.fill(powers, 0);
  }

  void add(double power) {
    double lufs = Loudness.ofPower(power);
    if (lufs <= Loudness.GATE_LUFS || lufs > MOST_LUFS) {
      return;
    }
    int bin = binOf(lufs);
    counts[bin]++;
    powers[bin] += power;
  }

  /** Mean loudness of the levels above a gate that lies relative to the mean of all (LUFS). */
  double gatedMean(double gateLu) {
    int first = firstAbove(gateLu);
    return first == BINS ? Loudness.GATE_LUFS : meanFrom(first);
  }

  /** Distance of the 10th and the 95th percentile above the gate (LU): EBU Tech 3342. */
  double range(double gateLu) {
    int first = firstAbove(gateLu);
    long count = 0;
    for (int bin = first; bin < BINS; bin++) {
      count += counts[bin];
    }
    if (count == 0) {
      return 0;
    }
    return (binAt(first, Math.round((count - 1) * HIGH_PERCENTILE))
            - binAt(first, Math.round((count - 1) * LOW_PERCENTILE)))
        / BINS_PER_LU;
  }

  private int firstAbove(double gateLu) {
    double mean = meanFrom(0);
    return mean <= Loudness.GATE_LUFS ? BINS : binOf(mean + gateLu);
  }

  private double meanFrom(int first) {
    double sum = 0;
    long count = 0;
    for (int bin = first; bin < BINS; bin++) {
      sum += powers[bin];
      count += counts[bin];
    }
    return count == 0 ? Loudness.GATE_LUFS : Loudness.ofPower(sum / count);
  }

  private int binAt(int first, long rank) {
    int bin = first;
    for (long left = rank - counts[bin]; left >= 0; left -= counts[bin]) {
      bin++;
    }
    return bin;
  }

  private static int binOf(double lufs) {
    return (int) Math.clamp((lufs - Loudness.GATE_LUFS) * BINS_PER_LU, 0, BINS - 1);
  }

  void snapshot(DataOutput state) throws IOException {
    int used = 0;
    for (long count : counts) {
      used += count == 0 ? 0 : 1;
    }
    state.writeShort(used);
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] != 0) {
        state.writeShort(bin);
        state.writeLong(counts[bin]);
        state.writeDouble(powers[bin]);
      }
    }
  }

  void restore(DataInput state) throws IOException {
    clear();
    for (int used = state.readShort(); used > 0; used--) {
      int bin = state.readShort();
      counts[bin] = state.readLong();
      powers[bin] = state.readDouble();
    }
  }
}
