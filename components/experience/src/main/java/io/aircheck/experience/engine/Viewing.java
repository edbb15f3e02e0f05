package io.aircheck.experience.engine;

import io.aircheck.experience.session.SessionState;

/** A session with its timer. Guarded by the shard that it is in. */
final class Viewing {
  /** No timer. */
  static final long NEVER = Long.MAX_VALUE;

  SessionState state;
  long timerMillis = NEVER;

  /** When the latest step was. */
  long steppedMillis = Long.MIN_VALUE;

  /** The second for which it waits in the queue of timers. */
  long queuedSecond = NEVER;

  Viewing(SessionState state) {
    this.state = state;
  }
}
