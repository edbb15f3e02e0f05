package io.aircheck.experience.baseline;

/**
 * Where a ratio lies as a rule, in its unit. A window lies outside by chance about once in twenty
 * times with the two standard errors of {@link BaselinePolicy#DEFAULT}.
 *
 * @param low {@code raisedZ} standard errors below what is usual, 0 at least
 * @param value what is usual
 * @param high as many above it
 */
public record UsualRange(double low, double value, double high) {

  /**
   * The range of a window.
   *
   * @param under what is divided by in it, above 0: the more, the narrower
   * @param dispersion variance by mean of what is divided
   */
  static UsualRange of(
      Usual usual, double under, double dispersion, RatioRule rule, BaselinePolicy policy) {
    double expected = usual.quotient() * under;
    double error = Math.sqrt(variance(expected, under, dispersion, usual.under(), rule));
    double scale = rule.ratio().scale() / under;
    double most = rule.isProportion() ? under : Double.MAX_VALUE;
    return new UsualRange(
        scale * Math.max(0, expected - policy.raisedZ() * error),
        scale * expected,
        scale * Math.min(most, expected + policy.raisedZ() * error));
  }

  /** The square of the standard error of what comes: {@code d E (1 − q) (1 + u / h)}. */
  private static double variance(
      double expected, double under, double dispersion, double history, RatioRule rule) {
    return dispersion
        * expected
        * (rule.isProportion() ? Math.max(0.01, 1 - expected / under) : 1)
        * (1 + under / Math.max(history, Double.MIN_NORMAL));
  }
}
