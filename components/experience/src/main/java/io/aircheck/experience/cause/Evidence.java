package io.aircheck.experience.cause;

import java.util.Arrays;

/**
 * How certain it is that anything changed at a place, by its sums alone, so that it is the same
 * however finely a table is grouped.
 *
 * <p>Of leaves with C in all where E was expected, a common factor C / E is likelier than none by
 * {@code C ln(C / E) + E − C}, the expectation-based Poisson statistic of D. Neill:
 * Expectation-based scan statistics for monitoring spatial time series data, International Journal
 * of Forecasting 25, 2009. Leaves are scaled first so that their variance is their mean ({@link
 * Noise}). Not thread-safe.
 */
final class Evidence {
  /** A factor of more than a hundred counts as a hundred. */
  private static final double LEAST_EXPECTED = 0.01;

  private final Direction direction;

  /** What came and was expected, scaled; 0 of leaves that are left out. */
  private final double[] count;

  private final double[] mean;

  Evidence(double[] actual, double[] expected, Direction direction, Noise noise) {
    this.direction = direction;
    count = new double[actual.length];
    mean = new double[actual.length];
    for (int leaf = 0; leaf < count.length; leaf++) {
      double scale = noise.scale(expected[leaf]);
      count[leaf] = scale * actual[leaf];
      mean[leaf] = Math.max(scale * expected[leaf], LEAST_EXPECTED * count[leaf]);
    }
  }

  /** Of these leaves together, nats, 0 or more; 0 if they changed the other way. */
  double of(int[] leaves) {
    double counted = 0;
    double expected = 0;
    for (int leaf : leaves) {
      counted += count[leaf];
      expected += mean[leaf];
    }
    return of(counted, expected);
  }

  /** Of all leaves that are not left out. */
  double ofAll() {
    return of(Arrays.stream(count).sum(), Arrays.stream(mean).sum());
  }

  private double of(double counted, double expected) {
    if (direction.excess(counted, expected) <= 0) {
      return 0;
    }
    double logarithm = counted <= 0 ? 0 : counted * Math.log(counted / expected);
    return logarithm + expected - counted;
  }

  void leaveOut(int[] leaves) {
    for (int leaf : leaves) {
      count[leaf] = 0;
      mean[leaf] = 0;
    }
  }
}
