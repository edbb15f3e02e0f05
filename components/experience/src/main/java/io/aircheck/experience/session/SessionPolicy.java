package io.aircheck.experience.session;

/**
 * How sessions are read.
 *
 * @param reorderMillis a report is taken in when one that happened this much later has arrived, or
 *     when this much time has passed since it arrived
 * @param reorderReports at most this many reports of a session wait for their order
 * @param windowMillis length of the windows that deltas are of; they begin at multiples of it
 * @param timeoutMillis a session that is silent for longer is over, and time between reports that
 *     are further apart is not watched
 * @param retainMillis a session that is over may go on for so long; later it is a new one
 * @param clockStepMillis clocks of players that change by more are known to have been set; smaller
 *     steps cannot be told from delay
 * @param seekSettleMillis want of data so soon after a seek is part of it
 * @param statelessMillis a player that has not told a state for so long tells none, and is taken to
 *     play whenever it reports
 */
public record SessionPolicy(
    long reorderMillis,
    int reorderReports,
    long windowMillis,
    long timeoutMillis,
    long retainMillis,
    long clockStepMillis,
    long seekSettleMillis,
    long statelessMillis) {

  /** What fits players that report every 30 s or more often. */
  public static final SessionPolicy DEFAULT =
      new SessionPolicy(2_000, 32, 10_000, 90_000, 1_800_000, 60_000, 1_000, 10_000);

  /**
   * @throws IllegalArgumentException if a length is negative, a window or the number of waiting
   *     reports is not positive, or a session would be over before its reports are taken in, or
   *     forgotten before it is over
   */
  public SessionPolicy {
    if (reorderMillis < 0
        || reorderReports < 1
        || windowMillis < 1
        || timeoutMillis < reorderMillis
        || retainMillis < timeoutMillis
        || clockStepMillis < 0
        || seekSettleMillis < 0
        || statelessMillis < 0) {
      throw new IllegalArgumentException("lengths of a policy");
    }
  }

  /** Start of the window that a moment is in. */
  long windowOf(long millis) {
    return Math.floorDiv(millis, windowMillis) * windowMillis;
  }
}
