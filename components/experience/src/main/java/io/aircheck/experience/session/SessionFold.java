package io.aircheck.experience.session;

import io.aircheck.core.fold.Fold;
import io.aircheck.experience.report.ViewerReport;
import java.util.List;

/**
 * Reads the reports of a session: what the viewer lived through, as sums that deltas add up to.
 *
 * <p>Inputs are to come with the clock of the service (their {@code receivedMillis}), and timers
 * are on that clock too: they take in what has waited for its order, tell what a window held, and
 * end a session that is silent. All time that is measured is between moments of the player's own
 * clock.
 *
 * <p>The state is empty ({@link SessionState#isEmpty}) when a runtime need not keep it any more.
 * Any number of threads may use one fold; it remembers texts to share them, and nothing else.
 */
public final class SessionFold implements Fold<String, SessionState, ViewerReport, SessionDelta> {

  private final SessionPolicy policy;
  private final SessionCorrection correction;
  private final SessionTrace trace;
  private final Cohorts cohorts = new Cohorts();

  /** A fold that reads sessions by these rules, and believes what their players tell. */
  public SessionFold(SessionPolicy policy) {
    this(policy, SessionCorrection.NONE);
  }

  /**
   * A fold that reads sessions by these rules.
   *
   * @param correction mends the reports of each session, from its beginning
   */
  public SessionFold(SessionPolicy policy, SessionCorrection correction) {
    this(policy, correction, SessionTrace.NONE);
  }

  /**
   * A fold that also tells how it reads them.
   *
   * @param correction mends the reports of each session, from its beginning
   * @param trace told by the threads that use the fold
   */
  public SessionFold(SessionPolicy policy, SessionCorrection correction, SessionTrace trace) {
    this.policy = policy;
    this.correction = correction;
    this.trace = trace;
  }

  @Override
  public String key(ViewerReport report) {
    return report.session();
  }

  @Override
  public SessionState initial(String session) {
    return SessionState.first(session, correction);
  }

  /** A place for the states of a session, which is in its initial one. */
  public SessionSlot slot(String session) {
    return new SessionSlot(cohorts, initial(session));
  }

  @Override
  public Step<SessionState, SessionDelta> apply(SessionState state, ViewerReport report) {
    SessionStep step = new SessionStep(policy, cohorts, trace, state);
    step.arrived(report);
    return step.done();
  }

  @Override
  public Step<SessionState, SessionDelta> onTimer(SessionState state, long timeMillis) {
    if (state.isEmpty()) {
      return Step.of(state, List.of());
    }
    SessionStep step = new SessionStep(policy, cohorts, trace, state);
    step.passed(timeMillis);
    return step.isForgotten(timeMillis)
        ? Step.of(initial(state.session()), step.lastDeltas())
        : step.done();
  }
}
