package io.aircheck.experience.alert;

import io.aircheck.core.fold.Fold;
import io.aircheck.experience.baseline.Judgement;
import io.aircheck.experience.baseline.RatioRule;
import io.aircheck.experience.baseline.UsualRange;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes alerts of windows of all viewers: one where it gets worse, at the values of dimensions that
 * explain it. There is one state for all, since a cause may be anywhere.
 *
 * <p>Windows are to come in their order and complete; one that is not later than the latest changes
 * nothing. Windows may be missing. No timers: what ends, ends with a window.
 */
public final class AlertFold implements Fold<String, AlertState, CubeWindow, AlertChange> {
  private final AlertPolicy policy;

  /** A fold by these rules. */
  public AlertFold(AlertPolicy policy) {
    this.policy = policy;
  }

  @Override
  public String key(CubeWindow window) {
    return "";
  }

  @Override
  public AlertState initial(String key) {
    return AlertState.FIRST;
  }

  @Override
  public Step<AlertState, AlertChange> apply(AlertState state, CubeWindow window) {
    return window.startMillis() <= state.lastMillis()
        ? Step.of(state, List.of())
        : new AlertStep(policy, state, window).run();
  }

  /**
   * Where a ratio of a cohort lies as a rule, in windows that begin at a moment.
   *
   * @param under what is divided by in such a window
   * @return empty where it is not looked at, or these views are not known for long enough
   */
  public Optional<UsualRange> usual(
      AlertState state, Combination cohort, Ratio ratio, long millis, double under) {
    Watch watch = state.cohorts().getOrDefault(cohort, Map.of()).get(ratio);
    return watch == null
        ? Optional.empty()
        : rule(ratio)
            .flatMap(rule -> watch.baseline().range(millis, under, rule, policy.baseline()));
  }

  /**
   * Whether a ratio of a cohort is worse than usual by so much that an alert would go on.
   *
   * @param millis a moment of the sums
   * @param sums of the cohort
   */
  public boolean isRaised(
      AlertState state, Combination cohort, Ratio ratio, long millis, Measures sums) {
    Watch watch = state.cohorts().getOrDefault(cohort, Map.of()).get(ratio);
    return watch != null
        && rule(ratio)
            .map(rule -> watch.baseline().judge(millis, rule.sample(sums), rule, policy.baseline()))
            .filter(Judgement::isRaised)
            .isPresent();
  }

  private Optional<RatioRule> rule(Ratio ratio) {
    return policy.rules().stream().filter(rule -> rule.ratio() == ratio).findFirst();
  }
}
