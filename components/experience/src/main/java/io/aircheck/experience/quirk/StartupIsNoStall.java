package io.aircheck.experience.quirk;

import io.aircheck.experience.intake.SessionCorrection;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;

/** Who has not played yet does not rebuffer, but starts: nothing was interrupted. */
final class StartupIsNoStall implements SessionCorrection {
  private boolean joinedLate;
  private boolean seen;
  private boolean played;

  @Override
  public ViewerReport mend(ViewerReport report) {
    if (!seen) {
      seen = true;
      joinedLate = report.sequence() > 1; // may have played before
    }
    PlayerState state = report.facts().state();
    played |= state == PlayerState.PLAYING || state == PlayerState.PAUSED;
    return state == PlayerState.REBUFFERING && !played && !joinedLate
        ? report.with(report.facts().but().state(PlayerState.STARTING).build())
        : report;
  }
}
