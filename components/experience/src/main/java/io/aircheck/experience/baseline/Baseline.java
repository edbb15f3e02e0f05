package io.aircheck.experience.baseline;

import io.aircheck.experience.baseline.Judgement.Verdict;
import java.util.Optional;

/**
 * What is usual of a ratio for some views. Immutable and bounded: some hundred bytes, and two
 * kilobytes once an hour is over.
 *
 * <p>The recent past is a pair of sums that fade; hours of the week are kept apart ({@link
 * HoursOfWeek}). It is robust in two ways: a window that is unusual is not learnt, until that has
 * been so for {@code acceptMillis}, when all before is forgotten; and of any other no more is
 * learnt than what is expected ± the larger of the rule's factor and three standard errors.
 *
 * @param over what was divided, fading
 * @param under what it was divided by, fading
 * @param dispersion variance by mean of what is divided, from the differences between windows that
 *     follow each other, which slow growth and the time of day leave alone (von Neumann,
 *     "Distribution of the ratio of the mean square successive difference to the variance", 1941);
 *     0 before the second
 * @param previousOver what was divided in the latest window that was learnt
 * @param previousUnder what it was divided by in it
 * @param samples windows that were learnt
 * @param firstMillis start of the first window
 * @param lastMillis start of the latest window that was learnt
 * @param unusualSinceMillis since when all windows that could be judged were unusual; {@link
 *     #NEVER}
 * @param hourMillis start of the hour that is being summed; {@link #NEVER}
 * @param hourOver what was divided in it
 * @param hourUnder what it was divided by in it
 * @param hours hours of the week that are over
 */
public record Baseline(
    double over,
    double under,
    double dispersion,
    double previousOver,
    double previousUnder,
    int samples,
    long firstMillis,
    long lastMillis,
    long unusualSinceMillis,
    long hourMillis,
    double hourOver,
    double hourUnder,
    HoursOfWeek hours) {

  /** A moment that was not. */
  public static final long NEVER = Long.MIN_VALUE;

  private static final long HOUR_MILLIS = 3_600_000;

  /** So many windows make the mean of the dispersion; later ones count as one of them. */
  private static final int DISPERSION_SAMPLES = 360;

  /** Standard errors that are learnt of any window. */
  private static final double LEARNT_Z = 3;

  /** Nothing is known. */
  public static final Baseline NONE =
      new Baseline(0, 0, 0, 0, 0, 0, NEVER, NEVER, NEVER, NEVER, 0, 0, HoursOfWeek.NONE);

  /**
   * What is usual at a moment: by the hour of the week, else by the recent past. Never nothing at
   * all: half an event may always have been missed.
   *
   * @return empty before anything was learnt
   */
  public Optional<Usual> usual(long millis, RatioRule rule, BaselinePolicy policy) {
    Optional<Usual> seasonal =
        hours.isEmpty() ? Optional.empty() : hours.usual(HoursOfWeek.slot(millis, policy.zone()));
    if (seasonal.isPresent()) {
      return seasonal.map(
          usual ->
              new Usual(
                  Math.max(usual.quotient(), rule.grain() / 2 / usual.under()), usual.under()));
    }
    return under <= 0
        ? Optional.empty()
        : Optional.of(new Usual(Math.max(over, rule.grain() / 2) / under, under));
  }

  /**
   * Where windows that begin at a moment lie as a rule.
   *
   * @param under what is divided by in such a window
   * @return empty where these views are not judged, as they are not known for long enough, or
   *     nothing is divided by
   */
  public Optional<UsualRange> range(
      long millis, double under, RatioRule rule, BaselinePolicy policy) {
    return under <= 0 || !isOldEnough(millis, policy)
        ? Optional.empty()
        : usual(millis, rule, policy)
            .map(usual -> UsualRange.of(usual, under, dispersion(rule), rule, policy));
  }

  /** Variance by mean that is believed. */
  public double dispersion(RatioRule rule) {
    return Math.max(rule.grain(), dispersion);
  }

  /** Whether these views have been known for long enough at a moment to judge them. */
  public boolean isOldEnough(long millis, BaselinePolicy policy) {
    return firstMillis != NEVER && millis - firstMillis >= policy.leastHistoryMillis();
  }

  /** Judges a window that begins at a moment. */
  public Judgement judge(long millis, Sample sample, RatioRule rule, BaselinePolicy policy) {
    Optional<Usual> usual = usual(millis, rule, policy);
    if (usual.isEmpty() || !isOldEnough(millis, policy)) {
      return Judgement.unknown(Verdict.TOO_NEW, sample, dispersion(rule), rule);
    }
    double expected = usual.get().quotient() * sample.under();
    return Judgement.of(sample, expected, dispersion(rule), usual.get().under(), rule, policy);
  }

  /** The same without what is known of hours of the week. */
  public Baseline withoutHours() {
    return new Baseline(
        over,
        under,
        dispersion,
        previousOver,
        previousUnder,
        samples,
        firstMillis,
        lastMillis,
        unusualSinceMillis,
        hourMillis,
        hourOver,
        hourUnder,
        HoursOfWeek.NONE);
  }

  /**
   * Learns a window that begins at a moment, after it was judged.
   *
   * @param seasonal whether there is room for hours of the week; what is known of some stays
   */
  public Baseline learn(
      long millis,
      Sample sample,
      Judgement judgement,
      boolean seasonal,
      RatioRule rule,
      BaselinePolicy policy) {
    if (sample.under() <= 0) {
      return this;
    }
    if (!judgement.isUnusual()) {
      // What cannot be judged says nothing about whether it is still unusual.
      long since = judgement.isKnown() ? NEVER : unusualSinceMillis;
      return learn(millis, sample, since, seasonal, rule, policy);
    }
    long since = unusualSinceMillis == NEVER ? millis : unusualSinceMillis;
    if (millis - since >= policy.acceptMillis()) {
      Baseline anew =
          new Baseline(
              0, 0, dispersion, 0, 0, 0, firstMillis, NEVER, NEVER, NEVER, 0, 0, HoursOfWeek.NONE);
      return anew.learn(millis, sample, NEVER, seasonal, rule, policy);
    }
    return new Baseline(
        over,
        under,
        dispersion,
        previousOver,
        previousUnder,
        samples,
        firstMillis,
        lastMillis,
        since,
        hourMillis,
        hourOver,
        hourUnder,
        hours);
  }

  private Baseline learn(
      long millis,
      Sample sample,
      long since,
      boolean seasonal,
      RatioRule rule,
      BaselinePolicy policy) {
    Optional<Usual> usual = usual(millis, rule, policy);
    double learnt = sample.over();
    double spread = dispersion;
    if (usual.isPresent()) {
      double expected = usual.get().quotient() * sample.under();
      if (isOldEnough(millis, policy)) {
        double most =
            Math.max(
                (rule.leastFactor() - 1) * expected,
                LEARNT_Z * Math.sqrt(dispersion(rule) * expected));
        learnt = Math.min(expected + most, Math.max(expected - most, learnt));
      }
      if (previousUnder > 0) {
        double difference = learnt / sample.under() - previousOver / previousUnder;
        double variance = usual.get().quotient() * (1 / sample.under() + 1 / previousUnder);
        spread +=
            (difference * difference / variance - spread) / Math.min(samples, DISPERSION_SAMPLES);
      }
    }
    double kept =
        lastMillis == NEVER
            ? 0
            : Math.pow(2, -Math.max(0, millis - lastMillis) / (double) policy.halfLifeMillis());
    long hour = Math.floorDiv(millis, HOUR_MILLIS) * HOUR_MILLIS;
    boolean sameHour = hour == hourMillis;
    HoursOfWeek known =
        sameHour || hourUnder <= 0 || (!seasonal && hours.isEmpty())
            ? hours
            : hours.with(HoursOfWeek.slot(hourMillis, policy.zone()), hourOver, hourUnder);
    return new Baseline(
        over * kept + learnt,
        under * kept + sample.under(),
        spread,
        learnt,
        sample.under(),
        samples + 1,
        firstMillis == NEVER ? millis : firstMillis,
        millis,
        since,
        hour,
        (sameHour ? hourOver : 0) + learnt,
        (sameHour ? hourUnder : 0) + sample.under(),
        known);
  }
}
