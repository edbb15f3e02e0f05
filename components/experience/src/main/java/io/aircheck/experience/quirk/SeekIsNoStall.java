package io.aircheck.experience.quirk;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionCorrection;

/**
 * Who waits for the place that he jumped to is still on his way there.
 *
 * @param seeking whether he is
 */
record SeekIsNoStall(boolean seeking) implements SessionCorrection {
  static final SeekIsNoStall FIRST = new SeekIsNoStall(false);
  private static final SeekIsNoStall SEEKING = new SeekIsNoStall(true);

  @Override
  public ViewerReport mend(ViewerReport report) {
    return seeking && report.facts().state() == PlayerState.REBUFFERING
        ? report.with(report.facts().but().state(PlayerState.SEEKING).build())
        : report;
  }

  @Override
  public SessionCorrection after(ViewerReport report) {
    PlayerState state = report.facts().state();
    if (state == null || (seeking && state == PlayerState.REBUFFERING)) {
      return this;
    }
    return state == PlayerState.SEEKING ? SEEKING : FIRST;
  }
}
