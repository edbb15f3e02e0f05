package io.aircheck.experience.scale;

import io.aircheck.core.viewer.SessionRules;
import io.aircheck.experience.portable.ReportsJson;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionState;
import java.io.IOException;
import java.util.List;

/**
 * The fold of sessions, fed with what collectors hand over. As thread-safe as the fold.
 *
 * @param fold how sessions are read
 */
record ScaledSessions(SessionFold fold)
    implements SessionRules<SessionState, ViewerReport, SessionDelta> {
  @Override
  public Class<SessionState> stateType() {
    return SessionState.class;
  }

  @Override
  public Class<SessionDelta> outputType() {
    return SessionDelta.class;
  }

  @Override
  public List<ViewerReport> read(byte[] handedOver) throws IOException {
    return ReportsJson.read(handedOver);
  }

  @Override
  public long receivedMillis(ViewerReport report) {
    return report.receivedMillis();
  }

  @Override
  public boolean isForgotten(SessionState state) {
    return state.isEmpty();
  }

  @Override
  public String key(ViewerReport report) {
    return fold.key(report);
  }

  @Override
  public SessionState initial(String session) {
    return fold.initial(session);
  }

  @Override
  public Step<SessionState, SessionDelta> apply(SessionState state, ViewerReport report) {
    return fold.apply(state, report);
  }

  @Override
  public Step<SessionState, SessionDelta> onTimer(SessionState state, long timeMillis) {
    return fold.onTimer(state, timeMillis);
  }
}
