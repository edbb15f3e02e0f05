package io.aircheck.experience.quirk;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionCorrection;

/**
 * A start-up time is believed once, from a report of a player that plays, and only if it is as long
 * as the player was seen waiting for its first picture. dash.js tells one before it has shown
 * anything, the right one when it begins to play, and a third with its next request.
 *
 * @param told whether it has played
 * @param waitingSince since when it waited, by its clock; {@link #NOT}: it has not
 */
record StartupTimeWhenPlaying(boolean told, long waitingSince) implements SessionCorrection {
  private static final long NOT = Long.MIN_VALUE;
  static final StartupTimeWhenPlaying FIRST = new StartupTimeWhenPlaying(false, NOT);

  /** Nothing is left to learn. */
  static final StartupTimeWhenPlaying TOLD = new StartupTimeWhenPlaying(true, NOT);

  @Override
  public ViewerReport mend(ViewerReport report) {
    Long startup = report.facts().startupMillis();
    boolean believed =
        startup != null
            && !told
            && report.facts().state() == PlayerState.PLAYING
            && (waitingSince == NOT || startup >= report.eventMillis() - waitingSince);
    return startup == null || believed
        ? report
        : report.with(report.facts().but().startupMillis(null).build());
  }

  @Override
  public SessionCorrection after(ViewerReport report) {
    PlayerState state = report.facts().state();
    if (told || state == PlayerState.PLAYING) {
      return TOLD;
    }
    return state == PlayerState.REBUFFERING && waitingSince == NOT
        ? new StartupTimeWhenPlaying(false, report.eventMillis())
        : this;
  }
}
