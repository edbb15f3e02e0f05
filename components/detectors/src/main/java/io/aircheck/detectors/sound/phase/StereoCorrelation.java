package io.aircheck.detectors.sound.phase;

import io.aircheck.core.sound.SoundBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Correlation of two channels over the last half second, above 100 Hz, so that rumble and DC have
 * no say.
 */
final class StereoCorrelation {
  /** Blocks of ten milliseconds in the window. */
  static final int WINDOW = 50;

  private static final double HIGH_PASS_HERTZ = 100;

  /** Filter state below this is nothing, and would be computed slowly as subnormal numbers. */
  private static final double NEGLIGIBLE = 1e-30;

  private final double step;
  private final double[] leftPower = new double[WINDOW];
  private final double[] rightPower = new double[WINDOW];
  private final double[] products = new double[WINDOW];
  private final long[] startMicros = new long[WINDOW];
  private double leftLow;
  private double rightLow;
  private int next;
  private int filled;

  private double correlation;
  private double weakerPower;
  private double strongerPower;

  StereoCorrelation(int sampleRate) {
    step = 1 - Math.exp(-2 * Math.PI * HIGH_PASS_HERTZ / sampleRate);
  }

  /** Takes in ten milliseconds and measures the window that ends with them. */
  void add(SoundBlock block, int left, int right) {
    float[] leftSamples = block.channel(left);
    float[] rightSamples = block.channel(right);
    double l = leftLow;
    double r = rightLow;
    double leftSquares = 0;
    double rightSquares = 0;
    double product = 0;
    int count = block.sampleCount();
    for (int i = 0; i < count; i++) {
      l += (leftSamples[i] - l) * step;
      r += (rightSamples[i] - r) * step;
      double x = leftSamples[i] - l;
      double y = rightSamples[i] - r;
      leftSquares += x * x;
      rightSquares += y * y;
      product += x * y;
    }
    leftLow = Math.abs(l) < NEGLIGIBLE ? 0 : l;
    rightLow = Math.abs(r) < NEGLIGIBLE ? 0 : r;
    leftPower[next] = leftSquares / count;
    rightPower[next] = rightSquares / count;
    products[next] = product / count;
    startMicros[next] = block.startMicros();
    next = (next + 1) % WINDOW;
    filled = Math.min(WINDOW, filled + 1);
    measure();
  }

  private void measure() {
    double leftSum = 0;
    double rightSum = 0;
    double product = 0;
    for (int i = 0; i < filled; i++) {
      leftSum += leftPower[i];
      rightSum += rightPower[i];
      product += products[i];
    }
    double energy = Math.sqrt(leftSum * rightSum);
    correlation = energy > 0 ? product / energy : 0;
    weakerPower = Math.min(leftSum, rightSum) / filled;
    strongerPower = Math.max(leftSum, rightSum) / filled;
  }

  /** Whether the window is full. */
  boolean ready() {
    return filled == WINDOW;
  }

  /** Correlation coefficient of the window, -1..1; 0 where a channel is silent. */
  double correlation() {
    return correlation;
  }

  /** Mean square of the weaker channel in the window. */
  double weakerPower() {
    return weakerPower;
  }

  /** Mean square of the stronger channel in the window. */
  double strongerPower() {
    return strongerPower;
  }

  /** Whether left and right are opposed in the newest ten milliseconds. */
  boolean opposedNow() {
    return products[Math.floorMod(next - 1, WINDOW)] < 0;
  }

  /** When the run of opposed blocks that ends with the newest one began, within the window. */
  long opposedSinceMicros() {
    int i = Math.floorMod(next - 1, WINDOW);
    int oldest = i;
    for (int k = 0; k < filled && products[i] < 0; k++) {
      oldest = i;
      i = Math.floorMod(i - 1, WINDOW);
    }
    return startMicros[oldest];
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeDouble(leftLow);
    state.writeDouble(rightLow);
    state.writeInt(next);
    state.writeInt(filled);
    for (int i = 0; i < filled; i++) {
      state.writeDouble(leftPower[i]);
      state.writeDouble(rightPower[i]);
      state.writeDouble(products[i]);
      state.writeLong(startMicros[i]);
    }
  }

  void restore(DataInput state) throws IOException {
    leftLow = state.readDouble();
    rightLow = state.readDouble();
    next = state.readInt();
    filled = state.readInt();
    for (int i = 0; i < filled; i++) {
      leftPower[i] = state.readDouble();
      rightPower[i] = state.readDouble();
      products[i] = state.readDouble();
      startMicros[i] = state.readLong();
    }
  }
}
