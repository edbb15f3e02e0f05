package io.aircheck.experience.quirk;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionCorrection;
import org.jspecify.annotations.Nullable;

/**
 * Who rebuffers has no second of media: what he tells is what he had before.
 *
 * @param stalled whether he does
 */
record StaleBufferInStall(boolean stalled) implements SessionCorrection {
  static final StaleBufferInStall FIRST = new StaleBufferInStall(false);
  private static final StaleBufferInStall STALLED = new StaleBufferInStall(true);
  private static final long IMPLAUSIBLE_MILLIS = 1000;

  @Override
  public ViewerReport mend(ViewerReport report) {
    Long buffer = report.facts().bufferMillis();
    return stalledAfter(report.facts().state()) && buffer != null && buffer >= IMPLAUSIBLE_MILLIS
        ? report.with(report.facts().but().bufferMillis(null).build())
        : report;
  }

  @Override
  public SessionCorrection after(ViewerReport report) {
    return stalledAfter(report.facts().state()) ? STALLED : FIRST;
  }

  private boolean stalledAfter(@Nullable PlayerState state) {
    return state == null ? stalled : state == PlayerState.REBUFFERING;
  }
}
