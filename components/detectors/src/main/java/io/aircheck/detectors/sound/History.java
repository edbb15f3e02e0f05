package io.aircheck.detectors.sound;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last values of a measurement, oldest overwritten first. */
public final class History {
  private final double[] values;
  private int next;
  private int size;

  /**
   * @param capacity values kept
   */
  public History(int capacity) {
    values = new double[capacity];
  }

  public void add(double value) {
    values[next] = value;
    next = (next + 1) % values.length;
    size = Math.min(size + 1, values.length);
  }

  public void clear() {
    next = 0;
    size = 0;
    Arrays.fill(values, 0);
  }

  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == values.length;
  }

  /** The value that was added some steps ago; 0 is the last one. */
  public double ago(int steps) {
    return values[(next - 1 - steps + 2 * values.length) % values.length];
  }

  /** Mean of the values from some steps ago back; 0 is the last one. */
  public double mean(int fromSteps, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += ago(fromSteps + i);
    }
    return sum / count;
  }

  /** Smallest of the values from some steps ago back. */
  public double min(int fromSteps, int count) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      smallest = Math.min(smallest, ago(fromSteps + i));
    }
    return smallest;
  }

  /** Largest of all values; 0 when there are none. */
  public double max() {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, ago(i));
    }
    return largest;
  }

  /** Sum of all values. */
  public double sum() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += ago(i);
    }
    return sum;
  }

  public void snapshot(DataOutput state) throws IOException {
    state.writeInt(next);
    state.writeInt(size);
    for (double value : values) {
      state.writeDouble(value);
    }
  }

  public void restore(DataInput state) throws IOException {
    next = state.readInt();
    size = state.readInt();
    for (int i = 0; i < values.length; i++) {
      values[i] = state.readDouble();
    }
  }
}
