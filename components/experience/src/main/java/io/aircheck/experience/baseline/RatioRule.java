package io.aircheck.experience.baseline;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.util.List;

/**
 * When a ratio is worth an alert: it has to be worse by a factor and by a difference that viewers
 * notice, and certain (see {@link Judgement}).
 *
 * @param ratio what is looked at
 * @param worse which way it gets worse
 * @param leastFactor by which factor it is worse at least, above 1
 * @param leastDifference by how much it is worse at least, in the ratio's unit
 * @param leastTraffic how many views, start-ups or viewers a window needs to be judged
 * @param grain variance by mean of what is divided, in its unit, below which none is believed:
 *     about the size of one event
 */
public record RatioRule(
    Ratio ratio,
    Worse worse,
    double leastFactor,
    double leastDifference,
    long leastTraffic,
    double grain) {

  /** Which way a ratio gets worse. */
  public enum Worse {
    HIGHER,
    LOWER
  }

  private static final long USUAL_WINDOW_MILLIS = 10_000;

  /**
   * What viewers notice, for windows of 10 s. Of ratios that move together (stalls by hour and time
   * in stalls) one is enough.
   */
  public static final List<RatioRule> DEFAULTS =
      List.of(
          new RatioRule(Ratio.START_FAILURE_PERCENT, Worse.HIGHER, 1.5, 1, 25, 1),
          new RatioRule(Ratio.PLAYBACK_FAILURES_PER_HOUR, Worse.HIGHER, 1.5, 0.05, 25, 1),
          new RatioRule(Ratio.EXITS_BEFORE_START_PERCENT, Worse.HIGHER, 1.5, 2, 25, 1),
          new RatioRule(Ratio.STARTUP_SECONDS, Worse.HIGHER, 1.5, 0.5, 25, 500),
          new RatioRule(Ratio.REBUFFERING_PERCENT, Worse.HIGHER, 1.5, 0.5, 25, 4_000),
          new RatioRule(Ratio.LATENCY_SECONDS, Worse.HIGHER, 1.3, 2, 25, 3e8),
          new RatioRule(Ratio.BITRATE_KBPS, Worse.LOWER, 1.3, 200, 25, 3e7));

  /**
   * @throws IllegalArgumentException if something is out of its range
   */
  public RatioRule {
    if (!(leastFactor > 1) || !(leastDifference >= 0) || leastTraffic < 1 || !(grain > 0)) {
      throw new IllegalArgumentException("rule for " + ratio.id());
    }
  }

  /** The same rule, for windows of at least so much traffic. */
  public RatioRule withLeastTraffic(long traffic) {
    return new RatioRule(ratio, worse, leastFactor, leastDifference, traffic, grain);
  }

  /**
   * The same rule, for windows of another length than 10 s. The grain of what every viewer has all
   * the time is about what one of them has in a window; that of events is not of any length.
   */
  public RatioRule forWindows(long windowMillis) {
    return switch (ratio) {
      case LATENCY_SECONDS, BITRATE_KBPS ->
          new RatioRule(
              ratio,
              worse,
              leastFactor,
              leastDifference,
              leastTraffic,
              grain * windowMillis / USUAL_WINDOW_MILLIS);
      default -> this;
    };
  }

  /** Whether what is divided are some of the views that it is divided by. */
  boolean isProportion() {
    return ratio.over().unit().equals("views") && ratio.under().unit().equals("views");
  }

  /** What is counted as traffic: what the ratio is divided by if that is views, else viewers. */
  Measure traffic() {
    return ratio.under().unit().equals("views") ? ratio.under() : Measure.VIEWERS;
  }

  /** Whether traffic is counted in viewers, who are mostly the same in successive windows. */
  public boolean isTrafficOfViewers() {
    return traffic() == Measure.VIEWERS;
  }

  /** What these sums have of the ratio. What was taken back from earlier windows is not there. */
  public Sample sample(Measures sums) {
    return new Sample(
        Math.max(0, sums.get(ratio.over())),
        Math.max(0, sums.get(ratio.under())),
        Math.max(0, sums.get(traffic())));
  }

  /**
   * This and a later window of the same views. Views that began add up; viewers are mostly the
   * same.
   */
  public Sample join(Sample earlier, Sample later) {
    double traffic =
        isTrafficOfViewers()
            ? Math.max(earlier.traffic(), later.traffic())
            : earlier.traffic() + later.traffic();
    return earlier.with(later, traffic);
  }
}
