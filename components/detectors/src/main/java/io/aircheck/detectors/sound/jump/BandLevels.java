package io.aircheck.detectors.sound.jump;

import io.aircheck.detectors.sound.Decibels;
import org.jspecify.annotations.Nullable;

/**
 * Levels of nine bands in a block of sound, by a short Fourier transform under a Hann window. Two
 * real channels share one complex transform: the sum of their spectra is all that is asked for.
 */
final class BandLevels {
  private static final double[] EDGES_HERTZ = {
    100, 250, 500, 800, 1250, 2000, 3200, 5000, 8000, 12_000
  };

  /** The anti-aliasing filter of a low sample rate leaves nothing above this share of it. */
  private static final double USED_SHARE = 0.45;

  /** Levels are not told below this: digital silence has none. */
  private static final double FLOOR_DBFS = -100;

  private final int blockLength;
  private final int size;
  private final int[] edges;
  private final double[] window;
  private final double[] cosines;
  private final double[] sines;
  private final double[] real;
  private final double[] imaginary;
  private final double scale;

  /**
   * @param sampleRate samples per second
   * @param blockLength samples in a block
   */
  BandLevels(int sampleRate, int blockLength) {
    this.blockLength = blockLength;
    size = Math.max(2, Integer.highestOneBit(2 * blockLength - 1));
    edges = edges(sampleRate, size);
    window = new double[blockLength];
    double squares = 0;
    for (int i = 0; i < blockLength; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / blockLength);
      squares += window[i] * window[i];
    }
    scale = 2 / (size * squares);
    cosines = new double[size / 2];
    sines = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / size);
      sines[i] = -Math.sin(2 * Math.PI * i / size);
    }
    real = new double[size];
    imaginary = new double[size];
  }

  private static int[] edges(int sampleRate, int size) {
    int bands = 0;
    while (bands + 1 < EDGES_HERTZ.length && EDGES_HERTZ[bands + 1] <= USED_SHARE * sampleRate) {
      bands++;
    }
    int[] edges = new int[bands + 1];
    for (int i = 0; i <= bands; i++) {
      edges[i] = (int) Math.ceil(EDGES_HERTZ[i] * size / sampleRate);
    }
    return edges;
  }

  /** How many bands the sample rate allows. */
  int count() {
    return edges.length - 1;
  }

  /**
   * Measures a block.
   *
   * @param channels samples of each channel, at least one
   * @param levels receives the level of each band, mean of the channels, dBFS
   */
  void measure(float[][] channels, double[] levels) {
    double[] powers = new double[count()];
    for (int c = 0; c < channels.length; c += 2) {
      transform(channels[c], c + 1 < channels.length ? channels[c + 1] : null);
      for (int band = 0; band < powers.length; band++) {
        for (int k = edges[band]; k < edges[band + 1]; k++) {
          powers[band] += power(k) + power(size - k);
        }
      }
    }
    for (int band = 0; band < powers.length; band++) {
      // Both halves of a complex spectrum hold the sum of the channels' power once each, halved.
      double meanSquare = powers[band] / 2 * scale / channels.length;
      levels[band] = Math.max(FLOOR_DBFS, Decibels.ofPower(meanSquare));
    }
  }

  private double power(int k) {
    return real[k] * real[k] + imaginary[k] * imaginary[k];
  }

  /** Radix 2, decimation in time, in place. */
  private void transform(float[] first, float @Nullable [] second) {
    int shift = Integer.numberOfLeadingZeros(size) + 1;
    for (int i = 0; i < size; i++) {
      int at = Integer.reverse(i) >>> shift;
      real[at] = i < blockLength ? first[i] * window[i] : 0;
      imaginary[at] = i < blockLength && second != null ? second[i] * window[i] : 0;
    }
    for (int half = 1; half < size; half *= 2) {
      int stride = size / (2 * half);
      for (int start = 0; start < size; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int low = start + k;
          int high = low + half;
          double cosine = cosines[k * stride];
          double sine = sines[k * stride];
          double turnedReal = real[high] * cosine - imaginary[high] * sine;
          double turnedImaginary = real[high] * sine + imaginary[high] * cosine;
          real[high] = real[low] - turnedReal;
          imaginary[high] = imaginary[low] - turnedImaginary;
          real[low] += turnedReal;
          imaginary[low] += turnedImaginary;
        }
      }
    }
  }
}
