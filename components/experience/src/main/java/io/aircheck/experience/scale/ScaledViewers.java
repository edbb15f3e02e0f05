package io.aircheck.experience.scale;

import io.aircheck.core.viewer.RollupRules;
import io.aircheck.core.viewer.SessionRules;
import io.aircheck.core.viewer.ViewRules;
import io.aircheck.core.viewer.ViewerRules;
import io.aircheck.experience.archive.ViewFact;
import io.aircheck.experience.archive.ViewFacts;
import io.aircheck.experience.cube.CubePortions;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionState;

/**
 * What a service does of its viewers, for a runtime that keeps the state.
 *
 * @param sessions how they are read
 * @param rollups how they are summed
 * @param views how they become facts
 */
public record ScaledViewers(
    SessionRules<SessionState, ?, SessionDelta> sessions,
    RollupRules<SessionDelta> rollups,
    ViewRules<SessionDelta, ViewFact> views)
    implements ViewerRules<SessionState, SessionDelta, ViewFact> {

  /**
   * The rules of a service.
   *
   * @param fold how it reads sessions
   * @param spec of its cube; how many windows it keeps does not matter
   */
  public static ScaledViewers of(SessionFold fold, CubeSpec spec) {
    return new ScaledViewers(new ScaledSessions(fold), new CubePortions(spec), new ViewFacts());
  }
}
