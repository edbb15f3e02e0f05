package io.aircheck.experience.engine;

import io.aircheck.experience.session.SessionSlot;

/** A session with its timer. Guarded by the shard that it is in. */
final class Viewing {
  /** No timer. */
  static final long NEVER = Long.MAX_VALUE;

  /** Reports that are late by half of it come before a session is taken to be silent. */
  private static final long UNNOTICED_MILLIS = 90_000;

  /** What is later by more ends its session, so that it is told while the cube knows its time. */
  private static final long MOST_PATIENCE_MILLIS = 2_700_000;

  final SessionSlot slot;
  long timerMillis = NEVER;

  /** How much later than they are due its timers run, since its reports come so late. */
  private long patienceMillis;

  /** When the latest step was. */
  long steppedMillis = Long.MIN_VALUE;

  /** The second for which it waits in the queue of timers. */
  long queuedSecond = NEVER;

  Viewing(SessionSlot slot) {
    this.slot = slot;
  }

  /**
   * A report came so long after it was received elsewhere. The next may come twice as late, and
   * nothing is said of its time before.
   */
  void late(long lateMillis) {
    long patience = Math.clamp(2 * lateMillis - UNNOTICED_MILLIS, 0, MOST_PATIENCE_MILLIS);
    patienceMillis = Math.max(patienceMillis, patience);
  }

  /** How much later than they are due its timers run. */
  long patienceMillis() {
    return patienceMillis;
  }

  /** When its timer runs. */
  long runsMillis() {
    return timerMillis == NEVER ? NEVER : timerMillis + patienceMillis;
  }
}
