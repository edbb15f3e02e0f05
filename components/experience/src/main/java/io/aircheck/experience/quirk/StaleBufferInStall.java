package io.aircheck.experience.quirk;

import io.aircheck.experience.intake.SessionCorrection;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;

/** Who rebuffers has no second of media: what he tells is what he had before. */
final class StaleBufferInStall implements SessionCorrection {
  private static final long IMPLAUSIBLE_MILLIS = 1000;

  private boolean stalled;

  @Override
  public ViewerReport mend(ViewerReport report) {
    PlayerState state = report.facts().state();
    if (state != null) {
      stalled = state == PlayerState.REBUFFERING;
    }
    Long buffer = report.facts().bufferMillis();
    return stalled && buffer != null && buffer >= IMPLAUSIBLE_MILLIS
        ? report.with(report.facts().but().bufferMillis(null).build())
        : report;
  }
}
