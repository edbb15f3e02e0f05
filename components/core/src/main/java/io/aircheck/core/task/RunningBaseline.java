package io.aircheck.core.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.DoubleStream;

/**
 * What a value has been of late: the median of the latest values, and how far they lie from it.
 * Both take no notice of outliers as long as these are fewer than half. Not thread-safe.
 */
final class RunningBaseline {
  /** Median of the distances to standard deviation, were they normally distributed. */
  private static final double SIGMAS = 1.4826;

  private final int capacity;
  private final Deque<Double> values = new ArrayDeque<>();

  /**
   * @param capacity how many values are remembered; positive
   */
  RunningBaseline(int capacity) {
    this.capacity = capacity;
  }

  void add(double value) {
    values.addLast(value);
    if (values.size() > capacity) {
      values.removeFirst();
    }
  }

  void clear() {
    values.clear();
  }

  int size() {
    return values.size();
  }

  /** Only when there are values. */
  double median() {
    return median(stream());
  }

  /** How far a value is above the median; negative: below. Only when there are values. */
  double above(double value) {
    return value - median();
  }

  /** Robust estimate of the standard deviation. Only when there are values. */
  double deviation() {
    double middle = median();
    return SIGMAS * median(stream().map(value -> Math.abs(value - middle)));
  }

  private DoubleStream stream() {
    return values.stream().mapToDouble(Double::doubleValue);
  }

  private static double median(DoubleStream unsorted) {
    double[] sorted = unsorted.sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
