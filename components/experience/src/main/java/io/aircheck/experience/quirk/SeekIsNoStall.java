package io.aircheck.experience.quirk;

import io.aircheck.experience.intake.SessionCorrection;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;

/** Who waits for the place that he jumped to is still on his way there. */
final class SeekIsNoStall implements SessionCorrection {
  private boolean seeking;

  @Override
  public ViewerReport mend(ViewerReport report) {
    PlayerState state = report.facts().state();
    if (state == null) {
      return report;
    }
    if (seeking && state == PlayerState.REBUFFERING) {
      return report.with(report.facts().but().state(PlayerState.SEEKING).build());
    }
    seeking = state == PlayerState.SEEKING;
    return report;
  }
}
