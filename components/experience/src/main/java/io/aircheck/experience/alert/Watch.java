package io.aircheck.experience.alert;

import io.aircheck.experience.baseline.Baseline;
import io.aircheck.experience.baseline.Judgement;
import io.aircheck.experience.baseline.RatioRule;
import io.aircheck.experience.baseline.Sample;
import io.aircheck.experience.baseline.Usual;
import java.util.Optional;

/**
 * What is remembered of one ratio of one cohort.
 *
 * @param baseline what is usual
 * @param pending windows that had too little traffic to be judged alone
 * @param pendingWindows how many
 * @param judgedWindows how many windows were judged together last, 1 or more
 * @param unusual how many judged windows in a row were unusual
 * @param unusualSinceMillis start of the first of them
 * @param recent the latest windows
 * @param seenMillis start of the latest window
 */
public record Watch(
    Baseline baseline,
    Sample pending,
    int pendingWindows,
    int judgedWindows,
    int unusual,
    long unusualSinceMillis,
    Recent recent,
    long seenMillis) {

  static final Watch NONE =
      new Watch(Baseline.NONE, Sample.NONE, 0, 1, 0, Baseline.NEVER, Recent.NONE, Baseline.NEVER);

  /**
   * After one more window.
   *
   * @param explained an open alert covers the cohort, so that what is not usual is not learnt, even
   *     where traffic is too little to tell
   * @param seasonal whether there is room for what is usual by hours of the week
   */
  Watch after(
      CubeWindow window,
      Sample sample,
      boolean explained,
      boolean seasonal,
      RatioRule rule,
      AlertPolicy policy) {
    long start = window.startMillis();
    Watch before =
        seenMillis != Baseline.NEVER && start - seenMillis > policy.silentMillis()
            ? new Watch(
                baseline, Sample.NONE, 0, judgedWindows, 0, Baseline.NEVER, Recent.NONE, seenMillis)
            : this;
    Recent now = before.recent(window, sample, rule, policy);
    Sample total = rule.join(before.pending, sample);
    int windows = before.pendingWindows + 1;
    if (total.traffic() < rule.leastTraffic() && windows < policy.carryWindows()) {
      return new Watch(
          baseline,
          total,
          windows,
          judgedWindows,
          before.unusual,
          before.unusualSinceMillis,
          now,
          start);
    }
    Judgement judgement = baseline.judge(start, total, rule, policy.baseline());
    Baseline learnt =
        explained && !judgement.isUnusual()
            ? baseline
            : baseline.learn(start, total, judgement, seasonal, rule, policy.baseline());
    int inARow =
        judgement.isUnusual() ? before.unusual + 1 : judgement.isKnown() ? 0 : before.unusual;
    long since =
        inARow == 0
            ? Baseline.NEVER
            : before.unusual == 0
                ? start - before.pendingWindows * window.lengthMillis()
                : before.unusualSinceMillis;
    return new Watch(learnt, Sample.NONE, 0, windows, inARow, since, now, start);
  }

  private Recent recent(CubeWindow window, Sample sample, RatioRule rule, AlertPolicy policy) {
    long start = window.startMillis();
    Optional<Usual> usual = baseline.usual(start, rule, policy.baseline());
    if (usual.isEmpty() || !baseline.isOldEnough(start, policy.baseline())) {
      return Recent.NONE;
    }
    double steps =
        seenMillis == Baseline.NEVER ? 1 : (start - seenMillis) / (double) window.lengthMillis();
    double kept = Math.pow(1 - 1.0 / (policy.openAfter() * judgedWindows), Math.max(1, steps));
    return recent.after(sample, usual.get(), kept);
  }

  /** The same without what is known of hours of the week. */
  Watch withoutHours() {
    return new Watch(
        baseline.withoutHours(),
        pending,
        pendingWindows,
        judgedWindows,
        unusual,
        unusualSinceMillis,
        recent,
        seenMillis);
  }

  /** Whether it has been known for long enough to expect anything. */
  boolean isKnown() {
    return recent.windows() > 0;
  }
}
