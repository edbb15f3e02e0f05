package io.aircheck.experience.baseline;

/**
 * Where the true value of a ratio may be, as far as its counts tell.
 *
 * @param low lower bound
 * @param high upper bound
 */
public record Interval(double low, double high) {
  /** Normal deviate of 95 % confidence on both sides. */
  static final double Z95 = 1.959964;

  /**
   * The interval of a proportion by Wilson's score: of all true proportions those from which what
   * was counted is less than {@code z} standard errors away. It holds for few and for no events
   * too.
   *
   * <p>Source: E. B. Wilson: Probable inference, the law of succession, and statistical inference,
   * Journal of the American Statistical Association 22, 1927. With p = k / n: (p + z²/2n ± z √(p (1
   * − p) / n + z²/4n²)) / (1 + z²/n).
   *
   * @param events how many had it, 0..{@code trials}
   * @param trials of how many; 0: nothing is known
   * @param z normal deviate of the confidence wanted
   */
  public static Interval wilson(double events, double trials, double z) {
    if (trials <= 0) {
      return new Interval(0, 1);
    }
    double p = Math.min(1, Math.max(0, events / trials));
    double share = z * z / trials;
    double middle = p + share / 2;
    double half = z * Math.sqrt(p * (1 - p) / trials + share / (4 * trials));
    return new Interval((middle - half) / (1 + share), (middle + half) / (1 + share));
  }

  /**
   * The interval of events by exposure whose variance is a multiple of their mean, by the same
   * score: of all true rates r those with |k − r n| ≤ z √(d r n).
   *
   * @param events how much came, 0 or more
   * @param exposure of how much; 0: nothing is known
   * @param dispersion d, variance by mean of what came; 1 for independent events
   * @param z normal deviate of the confidence wanted
   */
  public static Interval rate(double events, double exposure, double dispersion, double z) {
    if (exposure <= 0) {
      return new Interval(0, Double.POSITIVE_INFINITY);
    }
    double spread = z * z * dispersion;
    double middle = events + spread / 2;
    double half = Math.sqrt(spread * (events + spread / 4));
    return new Interval(Math.max(0, middle - half) / exposure, (middle + half) / exposure);
  }

  /** Both bounds times a factor that is not negative. */
  Interval times(double factor) {
    return new Interval(low * factor, high * factor);
  }
}
