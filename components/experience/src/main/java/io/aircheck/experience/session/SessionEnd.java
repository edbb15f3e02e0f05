package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.PlayerState;

/**
 * A view as it was when it ended. One that goes on ends again, with larger totals under the same
 * session and number.
 *
 * @param reason why it is over
 * @param startedMillis its first report, corrected to the clock of the service
 * @param startedClientMillis the same by the clock of the player
 * @param endedMillis its last report, corrected to the clock of the service
 * @param totals all that was measured of it
 */
public record SessionEnd(
    Reason reason,
    long startedMillis,
    long startedClientMillis,
    long endedMillis,
    Measures totals) {

  /** Why a view is over. */
  public enum Reason {
    /** The content came to its end. */
    ENDED,
    /** A fatal error. */
    FAILED,
    /** The viewer left. */
    QUIT,
    /** Nothing more was heard. */
    TIMEOUT,
    /** The session went on to other content. */
    CONTENT_CHANGED;

    /** Why a view is over whose player is in a final state. */
    static Reason of(PlayerState state) {
      return switch (state) {
        case ENDED -> ENDED;
        case FAILED -> FAILED;
        default -> QUIT;
      };
    }
  }
}
