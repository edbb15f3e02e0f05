package io.aircheck.experience.quirk;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionCorrection;

/**
 * Who has not played yet does not rebuffer, but starts: nothing was interrupted.
 *
 * @param begun whether a report has come
 * @param played whether he has played, or may have before his first report
 */
record StartupIsNoStall(boolean begun, boolean played) implements SessionCorrection {
  static final StartupIsNoStall FIRST = new StartupIsNoStall(false, false);
  private static final StartupIsNoStall WAITING = new StartupIsNoStall(true, false);

  /** Nothing is left to learn. */
  static final StartupIsNoStall PLAYED = new StartupIsNoStall(true, true);

  @Override
  public ViewerReport mend(ViewerReport report) {
    return report.facts().state() == PlayerState.REBUFFERING && !playedBy(report)
        ? report.with(report.facts().but().state(PlayerState.STARTING).build())
        : report;
  }

  @Override
  public SessionCorrection after(ViewerReport report) {
    return playedBy(report) ? PLAYED : WAITING;
  }

  private boolean playedBy(ViewerReport report) {
    PlayerState state = report.facts().state();
    return played
        || (!begun && report.sequence() > 1)
        || state == PlayerState.ASKED // and tells no more when it plays
        || state == PlayerState.PLAYING
        || state == PlayerState.PAUSED;
  }
}
