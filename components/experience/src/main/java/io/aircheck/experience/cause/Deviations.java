package io.aircheck.experience.cause;

import java.util.Arrays;

/**
 * By how much leaves deviate from what was expected of them, and how much each of them tells.
 *
 * <p>The deviation of a leaf of which A came and E was expected is {@code 2 (A − E) / (A + E + φ)},
 * −2..2, positive in the direction that is looked for, as in {@link RiskLoc}; the dispersion φ, the
 * size of an event, makes that of leaves without traffic small.
 *
 * <p>Its variance has a part of counting, {@code 4 φ / (T + φ)}, and the square of a spread, by
 * which leaves of one place differ however much traffic they have. T is A + E, or what it would be
 * if the leaf had changed as all did together, if that is more: where little is expected, that
 * nothing came tells something only if much would have come. The spread is not known; each is
 * looked at by itself. Leaves of one place have one mean deviation, and the others have theirs. Not
 * thread-safe.
 */
final class Deviations {
  /** Spreads that are looked at, each twice the one before. */
  private static final double[] SPREADS = {0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28};

  private final double[] deviation;

  /** The variance of counting, by leaf; infinite of leaves that are left out, or tell nothing. */
  private final double[] counting;

  /** By spread: logarithm of the likelihood if nothing deviates but what is left out. */
  private final double[] likelihoods = new double[SPREADS.length];

  /**
   * @param excess by leaf, how much more came than expected, in the direction that is looked for
   * @param total by leaf, the sum of what came and what was expected
   * @param dispersion see {@link Noise}
   */
  Deviations(double[] excess, double[] total, double dispersion) {
    deviation = new double[excess.length];
    counting = new double[excess.length];
    Arrays.fill(counting, Double.POSITIVE_INFINITY);
    double change = Arrays.stream(excess).sum() / Arrays.stream(total).sum();
    for (int leaf = 0; leaf < excess.length; leaf++) {
      if (total[leaf] <= 0) {
        continue;
      }
      // As much less than the larger of both as in all together.
      double smaller = (total[leaf] - excess[leaf]) / 2;
      double alike = change > 0 && change < 1 ? 2 * smaller / (1 - change) : 0;
      deviation[leaf] = 2 * excess[leaf] / (total[leaf] + dispersion);
      counting[leaf] = 4 * dispersion / (Math.max(total[leaf], alike) + dispersion);
      for (int i = 0; i < SPREADS.length; i++) {
        double weight = weight(i, leaf);
        double square = deviation[leaf] * deviation[leaf];
        likelihoods[i] += (Math.log(weight) - weight * square) / 2;
      }
    }
  }

  /** The inverse of a leaf's variance. */
  private double weight(int spread, int leaf) {
    return 1 / (SPREADS[spread] * SPREADS[spread] + counting[leaf]);
  }

  /**
   * By number of the cuboid: by how much likelier it is that each combination has a mean deviation
   * of its own than that all leaves have one, in nats, each with its likeliest spread. 0 if it
   * deviates the other way, or less than the others do.
   */
  double[][] gains(Cuboids cuboids) {
    double[] same = likelihoodsOfOneMean();
    int likeliest = likeliest(same);
    double[][] gains = new double[cuboids.all().size()][];
    Arrays.setAll(gains, number -> new double[cuboids.all().get(number).elements()]);
    double[] weight = new double[deviation.length];
    double[] weighted = new double[deviation.length];
    // A larger spread than the likeliest does not become likelier when less is left to explain.
    for (int i = 0; i <= likeliest; i++) {
      for (int leaf = 0; leaf < weight.length; leaf++) {
        weight[leaf] = weight(i, leaf);
        weighted[leaf] = weight[leaf] * deviation[leaf];
      }
      double[][] weights = cuboids.sums(weight);
      double[][] sums = cuboids.sums(weighted);
      for (int number = 0; number < gains.length; number++) {
        // The first cuboid has no dimensions: its only combination is everything.
        raise(
            gains[number],
            weights[number],
            sums[number],
            weights[0][0],
            sums[0][0],
            same[i] - same[likeliest]);
      }
    }
    return gains;
  }

  /** Raises gains to those with another spread, which is so much less likely. */
  private static void raise(
      double[] gains, double[] weight, double[] sum, double allWeight, double all, double less) {
    for (int element = 0; element < gains.length; element++) {
      double gain = gain(weight[element], sum[element], allWeight, all);
      gains[element] = gain > 0 ? Math.max(gains[element], gain + less) : gains[element];
    }
  }

  private static double gain(double weight, double sum, double allWeight, double all) {
    double others = allWeight - weight;
    if (sum <= 0 || others <= 1e-12 * allWeight) {
      return 0;
    }
    double within = sum / weight;
    double outside = (all - sum) / others;
    return within <= Math.abs(outside)
        ? 0
        : (sum * within + (all - sum) * outside - all * all / allWeight) / 2;
  }

  private double[] likelihoodsOfOneMean() {
    double[] same = likelihoods.clone();
    for (int i = 0; i < same.length; i++) {
      double weight = 0;
      double sum = 0;
      for (int leaf = 0; leaf < deviation.length; leaf++) {
        double one = weight(i, leaf);
        weight += one;
        sum += one * deviation[leaf];
      }
      same[i] += ofOwnMean(weight, sum);
    }
    return same;
  }

  /** By how much likelier leaves are with their own mean than with none, nats. */
  private static double ofOwnMean(double weight, double sum) {
    return weight <= 0 ? 0 : sum * sum / weight / 2;
  }

  private static int likeliest(double[] likelihoods) {
    int best = 0;
    for (int i = 1; i < likelihoods.length; i++) {
      best = likelihoods[i] > likelihoods[best] ? i : best;
    }
    return best;
  }

  /** Gives leaves a mean of their own, once and for all. */
  void leaveOut(int[] leaves) {
    for (int i = 0; i < likelihoods.length; i++) {
      double weight = 0;
      double sum = 0;
      for (int leaf : leaves) {
        double one = weight(i, leaf);
        weight += one;
        sum += one * deviation[leaf];
      }
      likelihoods[i] += ofOwnMean(weight, sum);
    }
    for (int leaf : leaves) {
      counting[leaf] = Double.POSITIVE_INFINITY;
    }
  }
}
