package io.aircheck.experience.baseline;

/**
 * How far apart two quotients are: twice the logarithm of how much likelier the sums are if each
 * has its own than if both share one (P. McCullagh, J. Nelder: Generalized Linear Models, 1989). Of
 * a large divisor it is the square of the score; of a small one its root is still close to normal
 * where the score is not (D. Pierce, D. Schafer: Residuals in Generalized Linear Models, Journal of
 * the American Statistical Association 81, 1986).
 */
final class Deviance {
  private Deviance() {}

  /**
   * Of rates: what is divided are events of a Poisson process, or sums that are counted in them.
   *
   * @param quotient that came
   * @param under what it was divided by, above 0
   * @param usual quotient that is usual, above 0
   * @param history from how large a divisor that was learnt
   */
  static double ofRates(double quotient, double under, double usual, double history) {
    return 2 * sum(quotient, under, usual, history);
  }

  /** Of proportions: what is divided are some of those that it is divided by. */
  static double ofProportions(double quotient, double under, double usual, double history) {
    return 2
        * (sum(quotient, under, usual, history)
            + sum(Math.max(0, 1 - quotient), under, Math.max(0, 1 - usual), history));
  }

  private static double sum(double quotient, double under, double usual, double history) {
    double known = Math.max(history, Double.MIN_NORMAL);
    double pooled = (quotient * under + usual * known) / (under + known);
    if (pooled <= 0) {
      return 0;
    }
    // Differences from the pooled quotient, without taking one large number from another.
    double difference = (quotient - usual) / pooled / (under + known);
    return pooled * (under * excess(difference * known) + known * excess(-difference * under));
  }

  /** {@code x ln x − x + 1} of {@code x = 1 + difference}. */
  private static double excess(double difference) {
    return difference <= -1 ? 1 : (1 + difference) * Math.log1p(difference) - difference;
  }
}
