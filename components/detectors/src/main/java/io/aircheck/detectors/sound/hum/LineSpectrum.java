package io.aircheck.detectors.sound.hum;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The spectrum of one channel close to the harmonics of one mains frequency, over the last two
 * seconds.
 *
 * <p>Each harmonic is brought down to zero and averaged over steps of 50 samples; a short Fourier
 * sum over 40 steps under a Hann window then tells the power at any small distance from it. The
 * main lobe is 1 Hz to each side; the averages have their zeros where the steps would fold.
 */
final class LineSpectrum {
  /** Harmonics that are looked at: those of any strength lie below 400 Hz. */
  static final int HARMONICS = 6;

  /** Samples of the low band in a step: 50 ms. */
  static final int STEP_SAMPLES = 50;

  /** Steps in a window: two seconds. */
  static final int STEPS = 40;

  private final double nominalHertz;
  private final double rate;
  private final double[][] cosines = new double[HARMONICS][STEP_SAMPLES];
  private final double[][] sines = new double[HARMONICS][STEP_SAMPLES];
  private final double[] window = new double[STEPS];
  private final double[][] real = new double[HARMONICS][STEPS];
  private final double[][] imaginary = new double[HARMONICS][STEPS];
  private int next;
  private int samplesInStep;

  /**
   * @param nominalHertz mains frequency
   * @param rate samples per second that will be added
   */
  LineSpectrum(double nominalHertz, double rate) {
    this.nominalHertz = nominalHertz;
    this.rate = rate;
    for (int h = 0; h < HARMONICS; h++) {
      for (int i = 0; i < STEP_SAMPLES; i++) {
        double angle = 2 * Math.PI * nominalHertz * (h + 1) * i / rate;
        cosines[h][i] = Math.cos(angle) / STEP_SAMPLES;
        sines[h][i] = -Math.sin(angle) / STEP_SAMPLES;
      }
    }
    for (int k = 0; k < STEPS; k++) {
      window[k] = (1 - Math.cos(2 * Math.PI * (k + 0.5) / STEPS)) / STEPS;
    }
  }

  /** Adds a sample of the low band; true when it completes a step. */
  boolean add(double sample) {
    if (samplesInStep == 0) {
      for (int h = 0; h < HARMONICS; h++) {
        real[h][next] = 0;
        imaginary[h][next] = 0;
      }
    }
    for (int h = 0; h < HARMONICS; h++) {
      real[h][next] += sample * cosines[h][samplesInStep];
      imaginary[h][next] += sample * sines[h][samplesInStep];
    }
    if (++samplesInStep < STEP_SAMPLES) {
      return false;
    }
    samplesInStep = 0;
    next = (next + 1) % STEPS;
    return true;
  }

  /**
   * Mean square of a sinusoid near a harmonic in the last window; to be asked for after a step.
   *
   * @param harmonic from 1 on
   * @param offsetHertz distance from the nominal frequency of the harmonic
   */
  double power(int harmonic, double offsetHertz) {
    double turn = -2 * Math.PI * (nominalHertz * harmonic + offsetHertz) * STEP_SAMPLES / rate;
    double turnReal = Math.cos(turn);
    double turnImaginary = Math.sin(turn);
    double phaseReal = 1;
    double phaseImaginary = 0;
    double sumReal = 0;
    double sumImaginary = 0;
    double[] re = real[harmonic - 1];
    double[] im = imaginary[harmonic - 1];
    for (int k = 0; k < STEPS; k++) {
      int at = (next + k) % STEPS;
      double weightedReal = window[k] * re[at];
      double weightedImaginary = window[k] * im[at];
      sumReal += weightedReal * phaseReal - weightedImaginary * phaseImaginary;
      sumImaginary += weightedReal * phaseImaginary + weightedImaginary * phaseReal;
      double turned = phaseReal * turnReal - phaseImaginary * turnImaginary;
      phaseImaginary = phaseReal * turnImaginary + phaseImaginary * turnReal;
      phaseReal = turned;
    }
    // A sinusoid of amplitude a has a / 2 at its positive frequency, and a mean square of a² / 2.
    return 2 * (sumReal * sumReal + sumImaginary * sumImaginary);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(next);
    state.writeInt(samplesInStep);
    for (int h = 0; h < HARMONICS; h++) {
      for (int k = 0; k < STEPS; k++) {
        state.writeDouble(real[h][k]);
        state.writeDouble(imaginary[h][k]);
      }
    }
  }

  void restore(DataInput state) throws IOException {
    next = state.readInt();
    samplesInStep = state.readInt();
    for (int h = 0; h < HARMONICS; h++) {
      for (int k = 0; k < STEPS; k++) {
        real[h][k] = state.readDouble();
        imaginary[h][k] = state.readDouble();
      }
    }
  }
}
