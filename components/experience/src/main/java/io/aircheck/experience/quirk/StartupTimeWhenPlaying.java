package io.aircheck.experience.quirk;

import io.aircheck.experience.intake.SessionCorrection;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;

/**
 * A start-up time is believed once, from a report of a player that plays, and only if it is as long
 * as the player was seen waiting for its first picture. dash.js tells one before it has shown
 * anything, the right one when it begins to play, and a third with its next request.
 */
final class StartupTimeWhenPlaying implements SessionCorrection {
  private boolean told;
  private boolean waiting;
  private long waitingSince;

  @Override
  public ViewerReport mend(ViewerReport report) {
    PlayerState state = report.facts().state();
    Long startup = report.facts().startupMillis();
    if (state == PlayerState.REBUFFERING && !told && !waiting) {
      waiting = true;
      waitingSince = report.eventMillis();
    }
    boolean believed =
        startup != null
            && !told
            && state == PlayerState.PLAYING
            && (!waiting || startup >= report.eventMillis() - waitingSince);
    told |= state == PlayerState.PLAYING;
    return startup == null || believed
        ? report
        : report.with(report.facts().but().startupMillis(null).build());
  }
}
