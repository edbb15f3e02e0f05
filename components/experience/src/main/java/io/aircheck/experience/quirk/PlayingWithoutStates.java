package io.aircheck.experience.quirk;

import io.aircheck.experience.intake.SessionCorrection;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;

/**
 * A player that tells no states plays once it tells its start-up time. One that has fetched media
 * for half a minute, or whose beginning was not seen, plays as well: its start-up time comes but
 * once and may be lost. Pauses and stalls of such a player cannot be known from its reports.
 */
final class PlayingWithoutStates implements SessionCorrection {
  private static final long SURELY_STARTED_MILLIS = 30_000;
  private static final long SURELY_STARTED_REPORTS = 30;

  private boolean decided;
  private boolean seen;
  private long firstMillis;

  @Override
  public ViewerReport mend(ViewerReport report) {
    if (decided) {
      return report;
    }
    if (report.facts().state() != null) {
      decided = true;
      return report;
    }
    if (!seen) {
      seen = true;
      firstMillis = report.eventMillis();
    }
    boolean fetches = report.facts().delivery() != null;
    boolean started =
        report.eventMillis() - firstMillis >= SURELY_STARTED_MILLIS
            || report.sequence() >= SURELY_STARTED_REPORTS;
    if (report.facts().startupMillis() == null && !(fetches && started)) {
      return report;
    }
    decided = true;
    return report.with(report.facts().but().state(PlayerState.PLAYING).build());
  }
}
