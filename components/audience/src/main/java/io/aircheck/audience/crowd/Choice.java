package io.aircheck.audience.crowd;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Values of which some are drawn more often than others. Immutable. */
public final class Choice<T> {
  private final List<T> values;

  /** Sums of the weights up to each value. */
  private final double[] sums;

  private Choice(List<T> values, double[] sums) {
    this.values = values;
    this.sums = sums;
  }

  /**
   * Values by how often each comes after the first: the second half as often, the third a third as
   * often (Zipf's law with exponent 1, which popularity of contents follows roughly).
   *
   * @throws IllegalArgumentException without any value
   */
  public static <T> Choice<T> ranked(List<T> values) {
    Builder<T> builder = new Builder<>();
    for (int i = 0; i < values.size(); i++) {
      builder.add(values.get(i), 1.0 / (i + 1));
    }
    return builder.build();
  }

  /** One of the values. */
  public T draw(RandomGenerator random) {
    double at = random.nextDouble() * sums[sums.length - 1];
    int i = 0;
    while (i < sums.length - 1 && at >= sums[i]) {
      i++;
    }
    return values.get(i);
  }

  /** All values. */
  public List<T> values() {
    return values;
  }

  /** Collects values with their weights. Not thread-safe. */
  public static final class Builder<T> {
    private final List<T> values = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    /**
     * Adds a value.
     *
     * @throws IllegalArgumentException if the weight is not positive
     */
    public Builder<T> add(T value, double weight) {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight of " + value + " is " + weight);
      }
      values.add(value);
      weights.add(weight);
      return this;
    }

    /**
     * The choice.
     *
     * @throws IllegalArgumentException without any value
     */
    public Choice<T> build() {
      if (values.isEmpty()) {
        throw new IllegalArgumentException("nothing to choose from");
      }
      double[] sums = new double[values.size()];
      double sum = 0;
      for (int i = 0; i < sums.length; i++) {
        sum += weights.get(i);
        sums[i] = sum;
      }
      return new Choice<>(List.copyOf(values), sums);
    }
  }
}
