package io.aircheck.experience.baseline;

/**
 * How unusual a window is.
 *
 * <p>Of the divisor {@code u} that came, {@code E = q u} is expected, with the usual quotient
 * {@code q}. What came, {@code O}, is {@code z} standard errors worse, the root of a likelihood
 * ratio:
 *
 * <p>{@code z = √(2 (O ln(O / Ô) + A ln(A / Â)) / d)}
 *
 * <p>with {@code A} the sum that the usual was learnt from and {@code h} its divisor, {@code Ô} and
 * {@code Â} what both would be of the quotient that they have together, and {@code d} the variance
 * by mean that these views had so far (1 or more for events). For proportions the same terms are
 * added for those of which nothing came ({@link Deviance}).
 *
 * @param verdict what it comes to
 * @param value the ratio that came, in its unit
 * @param usual the ratio that is usual, in its unit; NaN if it is not known
 * @param z standard errors by which it is worse; negative if it is better; 0 if that is not known
 * @param interval where the true ratio is with 95 % confidence, in its unit
 */
public record Judgement(Verdict verdict, double value, double usual, double z, Interval interval) {

  /** What a judgement comes to. */
  public enum Verdict {
    /** Too few views or viewers to tell. */
    TOO_LITTLE_TRAFFIC,
    /** Not known for long enough to tell. */
    TOO_NEW,
    USUAL,
    /** Not worse enough to begin an alert, too much so to end one. */
    RAISED,
    UNUSUAL
  }

  /**
   * Judges what came.
   *
   * @param expected how much was to be expected of it
   * @param dispersion variance by mean of what is divided
   * @param history from how large a divisor the expectation was learnt
   */
  public static Judgement of(
      Sample sample,
      double expected,
      double dispersion,
      double history,
      RatioRule rule,
      BaselinePolicy policy) {
    double scale = rule.ratio().scale();
    double under = sample.under();
    if (under <= 0 || sample.traffic() < rule.leastTraffic()) {
      return unknown(Verdict.TOO_LITTLE_TRAFFIC, sample, dispersion, rule);
    }
    double quotient = expected / under;
    double came = sample.over() / under;
    double deviance =
        rule.isProportion()
            ? Deviance.ofProportions(came, under, quotient, history)
            : Deviance.ofRates(came, under, quotient, history);
    boolean higher = rule.worse() == RatioRule.Worse.HIGHER;
    double worse = higher ? came - quotient : quotient - came;
    double z = Math.signum(worse) * Math.sqrt(Math.max(0, deviance) / dispersion);
    double value = scale * came;
    double usual = scale * quotient;
    double factor = higher ? ratio(value, usual) : ratio(usual, value);
    double difference = Math.abs(value - usual);
    Verdict verdict = Verdict.USUAL;
    if (z >= policy.unusualZ()
        && factor >= rule.leastFactor()
        && difference >= rule.leastDifference()) {
      verdict = Verdict.UNUSUAL;
    } else if (z >= policy.raisedZ()
        && factor >= (1 + rule.leastFactor()) / 2
        && difference >= rule.leastDifference() / 2) {
      verdict = Verdict.RAISED;
    }
    return new Judgement(verdict, value, usual, z, interval(sample, dispersion, rule));
  }

  /** A judgement that cannot be given. */
  static Judgement unknown(Verdict why, Sample sample, double dispersion, RatioRule rule) {
    double value = sample.under() <= 0 ? 0 : rule.ratio().scale() * sample.over() / sample.under();
    return new Judgement(why, value, Double.NaN, 0, interval(sample, dispersion, rule));
  }

  /** Whether it is bad enough to begin an alert. */
  public boolean isUnusual() {
    return verdict == Verdict.UNUSUAL;
  }

  /** Whether it is bad enough for an alert to go on. */
  public boolean isRaised() {
    return verdict == Verdict.UNUSUAL || verdict == Verdict.RAISED;
  }

  /** Whether there was enough to tell. */
  public boolean isKnown() {
    return verdict != Verdict.TOO_LITTLE_TRAFFIC && verdict != Verdict.TOO_NEW;
  }

  private static double ratio(double larger, double smaller) {
    return smaller <= 0 ? Double.POSITIVE_INFINITY : larger / smaller;
  }

  private static Interval interval(Sample sample, double dispersion, RatioRule rule) {
    Interval interval =
        rule.isProportion() && sample.over() <= sample.under()
            ? Interval.wilson(sample.over() / dispersion, sample.under() / dispersion, Interval.Z95)
            : Interval.rate(sample.over(), sample.under(), dispersion, Interval.Z95);
    return interval.times(rule.ratio().scale());
  }
}
