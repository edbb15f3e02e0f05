package io.aircheck.experience.alert;

import io.aircheck.core.fold.Fold;
import java.util.List;

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
}
