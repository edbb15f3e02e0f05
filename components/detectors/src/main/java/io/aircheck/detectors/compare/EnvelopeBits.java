package io.aircheck.detectors.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Sound to one ternary digit per millisecond: is the envelope above (+1) or below (-1) its own mean
 * over a quarter of a second, or is there no sound to speak of (0). What survives lossy coding,
 * gain and filters is when sound rises and falls, not its waveform.
 *
 * <p>Mono samples at 8 kHz lose their mean over 20 ms; the envelope is the mean magnitude over 4 ms
 * at each millisecond. Milliseconds lie on the whole milliseconds of media time, so that the result
 * does not depend on how sound was cut into runs.
 */
final class EnvelopeBits {
  /** Below this mean magnitude, full scale 1 (-76 dBFS), a millisecond counts as no sound. */
  static final double NO_SOUND = 1.5e-4;

  /** Milliseconds from the arrival of sound to the digit that is centred on it. */
  static final int DELAY_MILLIS = 125;

  private static final int RATE = 8000;
  private static final int PER_MILLI = RATE / 1000;
  private static final int DC_SAMPLES = 160;
  private static final int ENVELOPE_MILLIS = 4;
  private static final int MEAN_MILLIS = 2 * DELAY_MILLIS;

  /** Told of each digit in order. */
  @FunctionalInterface
  interface Output {
    void digit(long milli, int digit);
  }

  /** Number of the 8 kHz sample that is being averaged, counted from media time 0; -1: none. */
  private long bin = -1;

  private double binSum;
  private int binCount;
  private double held;

  private final double[] recent = new double[DC_SAMPLES];
  private int recentCount;
  private int recentNext;
  private double mean;

  private double milliSum;
  private final double[] millis = new double[ENVELOPE_MILLIS];
  private long milliCount;

  private final double[] envelope = new double[MEAN_MILLIS];
  private long envelopeCount;

  /** Forgets all history: sound does not continue. */
  void reset() {
    bin = -1;
    binSum = 0;
    binCount = 0;
    held = 0;
    recentCount = 0;
    recentNext = 0;
    mean = 0;
    Arrays.fill(recent, 0);
    milliSum = 0;
    milliCount = 0;
    Arrays.fill(millis, 0);
    envelopeCount = 0;
    Arrays.fill(envelope, 0);
  }

  /** Takes samples in that follow on those before, and hands out the digits they complete. */
  void add(float[] mono, int count, long startMicros, int sampleRate, Output output) {
    double binsPerSample = (double) RATE / sampleRate;
    double firstBin = startMicros * (RATE / 1e6);
    for (int i = 0; i < count; i++) {
      long of = (long) Math.floor(firstBin + i * binsPerSample);
      if (bin < 0) {
        // Whole milliseconds only: the first one begins at the next boundary.
        if (of % PER_MILLI != 0) {
          continue;
        }
        bin = of;
      }
      while (of > bin) {
        endBin(output);
      }
      binSum += mono[i];
      binCount++;
    }
  }

  private void endBin(Output output) {
    if (binCount > 0) {
      held = binSum / binCount;
    }
    binSum = 0;
    binCount = 0;
    recent[recentNext] = held;
    recentNext = (recentNext + 1) % DC_SAMPLES;
    recentCount = Math.min(recentCount + 1, DC_SAMPLES);
    if (bin % PER_MILLI == 0) {
      // The mean changes slowly: once a millisecond is enough.
      double sum = 0;
      for (int i = 0; i < recentCount; i++) {
        sum += recent[i];
      }
      mean = sum / recentCount;
    }
    milliSum += Math.abs(held - mean);
    bin++;
    if (bin % PER_MILLI == 0) {
      endMilli(bin / PER_MILLI - 1, output);
    }
  }

  private void endMilli(long milli, Output output) {
    millis[(int) (milliCount++ % ENVELOPE_MILLIS)] = milliSum / PER_MILLI;
    milliSum = 0;
    double sum = 0;
    for (double value : millis) {
      sum += value;
    }
    envelope[(int) (envelopeCount++ % MEAN_MILLIS)] = sum / ENVELOPE_MILLIS;
    if (envelopeCount < MEAN_MILLIS) {
      return;
    }
    // Four sums that do not wait for each other; no running sum, whose error would grow for weeks.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < MEAN_MILLIS - 3; i += 4) {
      sum0 += envelope[i];
      sum1 += envelope[i + 1];
      sum2 += envelope[i + 2];
      sum3 += envelope[i + 3];
    }
    for (; i < MEAN_MILLIS; i++) {
      sum0 += envelope[i];
    }
    double average = (sum0 + sum1 + (sum2 + sum3)) / MEAN_MILLIS;
    double centre = envelope[(int) ((envelopeCount - 1 - DELAY_MILLIS) % MEAN_MILLIS)];
    int digit = average < NO_SOUND ? 0 : centre > average ? 1 : -1;
    output.digit(milli - DELAY_MILLIS, digit);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(bin);
    state.writeDouble(binSum);
    state.writeInt(binCount);
    state.writeDouble(held);
    state.writeDouble(mean);
    state.writeInt(recentCount);
    state.writeInt(recentNext);
    state.writeDouble(milliSum);
    state.writeLong(milliCount);
    state.writeLong(envelopeCount);
    for (double[] array : new double[][] {recent, millis, envelope}) {
      for (double value : array) {
        state.writeDouble(value);
      }
    }
  }

  void restore(DataInput state) throws IOException {
    bin = state.readLong();
    binSum = state.readDouble();
    binCount = state.readInt();
    held = state.readDouble();
    mean = state.readDouble();
    recentCount = state.readInt();
    recentNext = state.readInt();
    milliSum = state.readDouble();
    milliCount = state.readLong();
    envelopeCount = state.readLong();
    for (double[] array : new double[][] {recent, millis, envelope}) {
      for (int i = 0; i < array.length; i++) {
        array[i] = state.readDouble();
      }
    }
  }
}
