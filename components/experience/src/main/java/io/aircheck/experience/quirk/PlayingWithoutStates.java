package io.aircheck.experience.quirk;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionCorrection;

/**
 * A player that tells no states plays once it tells its start-up time. One that has fetched media
 * for half a minute, or whose beginning was not seen, plays as well: its start-up time comes but
 * once and may be lost. Pauses and stalls of such a player cannot be known from its reports.
 *
 * @param decided whether it is known what it is, and nothing is left to mend
 * @param firstMillis its first report, by its clock; {@link #NOT}: none yet
 */
record PlayingWithoutStates(boolean decided, long firstMillis) implements SessionCorrection {
  private static final long NOT = Long.MIN_VALUE;
  private static final long SURELY_STARTED_MILLIS = 30_000;
  private static final long SURELY_STARTED_REPORTS = 30;
  static final PlayingWithoutStates FIRST = new PlayingWithoutStates(false, NOT);

  /** Nothing is left to learn. */
  static final PlayingWithoutStates DECIDED = new PlayingWithoutStates(true, NOT);

  @Override
  public ViewerReport mend(ViewerReport report) {
    return plays(report)
        ? report.with(report.facts().but().state(PlayerState.PLAYING).build())
        : report;
  }

  @Override
  public SessionCorrection after(ViewerReport report) {
    if (decided || report.facts().state() != null || plays(report)) {
      return DECIDED;
    }
    return firstMillis == NOT ? new PlayingWithoutStates(false, report.eventMillis()) : this;
  }

  /** Whether a report that tells no state is of a player that plays from now on. */
  private boolean plays(ViewerReport report) {
    if (decided || report.facts().state() != null) {
      return false;
    }
    long playedMillis = firstMillis == NOT ? 0 : report.eventMillis() - firstMillis;
    boolean started =
        playedMillis >= SURELY_STARTED_MILLIS || report.sequence() >= SURELY_STARTED_REPORTS;
    return report.facts().startupMillis() != null || (started && report.facts().delivery() != null);
  }
}
