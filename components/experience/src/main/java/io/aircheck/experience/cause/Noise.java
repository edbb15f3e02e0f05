package io.aircheck.experience.cause;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How far what comes is from what was forecast where nothing is wrong: the variance of a leaf of
 * which E is expected is {@code dispersion · E + (relative · E)²}. The first part is that of
 * counting (1 for independent events, the mean size of an event for sums of sizes, more where
 * events come in bursts; P. McCullagh, J. Nelder: Generalized Linear Models, 1989,
 * quasi-likelihood), the second is the error of forecasts, which no traffic makes smaller.
 *
 * @param dispersion variance by mean of what is counted, above 0, in the unit of the sum
 * @param relative relative error of forecasts, 0 or more
 */
public record Noise(double dispersion, double relative) {
  /** Median of the squares of a normal variable, in its variances. */
  private static final double MEDIAN_OF_SQUARES = 0.4549;

  private static final double LEAST_DISPERSION = 1e-4;
  private static final double LEAST_RELATIVE = 1e-3;
  private static final int ROUNDS = 3;

  /**
   * @throws IllegalArgumentException if there would be no noise at all
   */
  public Noise {
    if (!(dispersion > 0) || !(relative >= 0)) {
      throw new IllegalArgumentException("noise " + dispersion + ", " + relative);
    }
  }

  /** What an expected amount is to be multiplied by so that its variance is its mean. */
  double scale(double expected) {
    return 1 / (dispersion + relative * relative * Math.max(0, expected));
  }

  /**
   * The dispersion of a table most of whose leaves are normal, from the medians of the smaller half
   * of its leaves, and the relative error from those of the larger, in turn. If only whole numbers
   * came, they are taken to be counts, whose dispersion is at least 1.
   *
   * @param actual what came, by leaf
   * @param expected what was expected, by leaf
   */
  static double dispersionOf(double[] actual, double[] expected) {
    double[] sorted = Arrays.stream(expected).filter(mean -> mean > 0).sorted().toArray();
    double mean = Arrays.stream(sorted).average().orElse(1);
    double dispersion = LEAST_DISPERSION * mean;
    double relative = LEAST_RELATIVE;
    // Leaves as large as the one in the middle are in both halves, so that their order is of no
    // matter.
    double middle = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    int[] small = leaves(expected, of -> of > 0 && of <= middle);
    int[] large = leaves(expected, of -> of > 0 && of >= middle);
    for (int round = 0; round < ROUNDS; round++) {
      double counting = dispersion;
      double square =
          median(
              Arrays.stream(large)
                  .mapToDouble(
                      leaf ->
                          (square(actual[leaf] - expected[leaf]) / MEDIAN_OF_SQUARES
                                  - counting * expected[leaf])
                              / square(expected[leaf])));
      relative = Math.max(LEAST_RELATIVE, Math.sqrt(Math.max(0, square)));
      double error = relative;
      double counted =
          median(
              Arrays.stream(small)
                  .mapToDouble(
                      leaf ->
                          square(actual[leaf] - expected[leaf]) / MEDIAN_OF_SQUARES / expected[leaf]
                              - square(error) * expected[leaf]));
      dispersion = Math.max(LEAST_DISPERSION * mean, counted);
    }
    boolean counts = Arrays.stream(actual).allMatch(came -> came == Math.rint(came));
    return counts ? Math.max(1, dispersion) : dispersion;
  }

  private static int[] leaves(double[] expected, DoublePredicate which) {
    return IntStream.range(0, expected.length).filter(i -> which.test(expected[i])).toArray();
  }

  private static double square(double value) {
    return value * value;
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
