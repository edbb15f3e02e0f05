package io.aircheck.experience.quirk;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionCorrection;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for data of a live programme and jumps is moved by the player, to what there is: he
 * still waits.
 *
 * @param stalled whether he does
 */
record JumpOutOfStall(boolean stalled) implements SessionCorrection {
  static final JumpOutOfStall FIRST = new JumpOutOfStall(false);
  private static final JumpOutOfStall STALLED = new JumpOutOfStall(true);

  @Override
  public ViewerReport mend(ViewerReport report) {
    return jumps(report)
        ? report.with(report.facts().but().state(PlayerState.REBUFFERING).build())
        : report;
  }

  @Override
  public SessionCorrection after(ViewerReport report) {
    @Nullable PlayerState state = report.facts().state();
    if (state == null || jumps(report)) {
      return this;
    }
    return state == PlayerState.REBUFFERING ? STALLED : FIRST;
  }

  private boolean jumps(ViewerReport report) {
    return stalled
        && report.facts().state() == PlayerState.SEEKING
        && Boolean.TRUE.equals(report.facts().live());
  }
}
