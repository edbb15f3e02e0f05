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

  /** By spread and leaf, 0 of leaves that are left out: the inverse of the variance. */
  private final double[][] weights;

  /** The same, times the deviation. */
  private final double[][] weighted;

  /** By spread: logarithm of the likelihood if nothing deviates but what is left out. */
  private final double[] likelihoods = new double[SPREADS.length];

  /**
   * @param excess by leaf, how much more came than expected, in the direction that is looked for
   * @param total by leaf, the sum of what came and what was expected
   * @param dispersion see {@link Noise}
   */
  Deviations(double[] excess, double[] total, double dispersion) {
    weights = new double[SPREADS.length][excess.length];
    weighted = new double[SPREADS.length][excess.length];
    double change = Arrays.stream(excess).sum() / Arrays.stream(total).sum();
    for (int leaf = 0; leaf < excess.length; leaf++) {
      if (total[leaf] <= 0) {
        continue;
      }
      // As much less than the larger of both as in all together.
      double smaller = (total[leaf] - excess[leaf]) / 2;
      double alike = change > 0 && change < 1 ? 2 * smaller / (1 - change) : 0;
      double deviation = 2 * excess[leaf] / (total[leaf] + dispersion);
      double counting = 4 * dispersion / (Math.max(total[leaf], alike) + dispersion);
      for (int i = 0; i < SPREADS.length; i++) {
        double weight = 1 / (SPREADS[i] * SPREADS[i] + counting);
        weights[i][leaf] = weight;
        weighted[i][leaf] = weight * deviation;
        likelihoods[i] += (Math.log(weight) - weight * deviation * deviation) / 2;
      }
    }
  }

  /**
   * By how much likelier it is that each combination has a mean deviation of its own than that all
   * leaves have one, in nats, each with its likeliest spread. 0 if it deviates the other way, or
   * less than the others do.
   */
  double[] gains(Cuboid cuboid) {
    double[] same = likelihoodsOfOneMean();
    int likeliest = likeliest(same);
    double[] gains = new double[cuboid.elements()];
    // A larger spread than the likeliest does not become likelier when less is left to explain.
    for (int i = 0; i <= likeliest; i++) {
      double[] weight = cuboid.sums(weights[i]);
      double[] sum = cuboid.sums(weighted[i]);
      double allWeight = Arrays.stream(weights[i]).sum();
      double all = Arrays.stream(weighted[i]).sum();
      double less = same[i] - same[likeliest];
      for (int element = 0; element < gains.length; element++) {
        double gain = gain(weight[element], sum[element], allWeight, all);
        gains[element] = gain > 0 ? Math.max(gains[element], gain + less) : gains[element];
      }
    }
    return gains;
  }

  private static double gain(double weight, double sum, double allWeight, double all) {
    double others = allWeight - weight;
    if (weight <= 0 || others <= 1e-12 * allWeight) {
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
      double weight = Arrays.stream(weights[i]).sum();
      double sum = Arrays.stream(weighted[i]).sum();
      same[i] += weight <= 0 ? 0 : sum * sum / weight / 2;
    }
    return same;
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
        weight += weights[i][leaf];
        sum += weighted[i][leaf];
        weights[i][leaf] = 0;
        weighted[i][leaf] = 0;
      }
      likelihoods[i] += weight <= 0 ? 0 : sum * sum / weight / 2;
    }
  }
}
