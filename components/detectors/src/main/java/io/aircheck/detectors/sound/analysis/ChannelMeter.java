package io.aircheck.detectors.sound.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Measures the blocks of one channel; carries the state of the K-weighting filters. */
final class ChannelMeter {
  /** Filter state below this is nothing, and would be computed slowly as subnormal numbers. */
  private static final double NEGLIGIBLE = 1e-30;

  private final KWeighting.Section shelf;
  private final KWeighting.Section highPass;
  private double shelf1;
  private double shelf2;
  private double highPass1;
  private double highPass2;

  private double mean;
  private double power;
  private double peak;
  private double weightedPower;

  ChannelMeter(int sampleRate) {
    shelf = KWeighting.shelf(sampleRate);
    highPass = KWeighting.highPass(sampleRate);
  }

  double mean() {
    return mean;
  }

  double power() {
    return power;
  }

  double peak() {
    return peak;
  }

  double weightedPower() {
    return weightedPower;
  }

  /**
   * Measures a block: everything in one pass, since the recursion of the filters leaves the
   * processor time for the rest. Filters in transposed direct form II.
   */
  void measure(float[] samples, int count) {
    double b0 = shelf.b0();
    double b1 = shelf.b1();
    double b2 = shelf.b2();
    double a1 = shelf.a1();
    double a2 = shelf.a2();
    double c1 = highPass.a1();
    double c2 = highPass.a2();
    double s1 = shelf1;
    double s2 = shelf2;
    double h1 = highPass1;
    double h2 = highPass2;
    double sum = 0;
    double squares = 0;
    double weightedSquares = 0;
    float largest = 0;
    for (int i = 0; i < count; i++) {
      float sample = samples[i];
      double x = sample;
      double y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      double z = y + h1;
      h1 = -2 * y - c1 * z + h2;
      h2 = y - c2 * z;
      sum += x;
      squares += x * x;
      weightedSquares += z * z;
      largest = Math.max(largest, Math.abs(sample));
    }
    shelf1 = settled(s1);
    shelf2 = settled(s2);
    highPass1 = settled(h1);
    highPass2 = settled(h2);
    mean = sum / count;
    power = Math.max(0, squares / count - mean * mean);
    peak = largest;
    weightedPower = weightedSquares / count;
  }

  private static double settled(double state) {
    return Math.abs(state) < NEGLIGIBLE ? 0 : state;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeDouble(shelf1);
    state.writeDouble(shelf2);
    state.writeDouble(highPass1);
    state.writeDouble(highPass2);
  }

  void restore(DataInput state) throws IOException {
    shelf1 = state.readDouble();
    shelf2 = state.readDouble();
    highPass1 = state.readDouble();
    highPass2 = state.readDouble();
  }
}
