package io.aircheck.experience.intake;

/**
 * Translates the clock of one player to that of the service. Clocks that are right to within a
 * minute are left alone, because reports are sent late by as much; a report from the future, or a
 * first one of long ago, shows one that is wrong by its distance. Not thread-safe.
 */
final class SessionClock {
  /** A report of the future beyond this is of a clock that is ahead. */
  static final long AHEAD_MILLIS = 2_000;

  /** A first report that is older, or one out of turn, is of a clock that is behind. */
  static final long BEHIND_MILLIS = 60_000;

  private boolean started;
  private long offsetMillis;
  private long newestMillis;

  /**
   * Takes a body into account before its reports are translated.
   *
   * @param newest time of its newest report by the clock of the player
   * @param received when it came, by the clock of the service
   * @param inTurn whether it follows what came before, by its numbers
   */
  void observe(long newest, long received, boolean inTurn) {
    long late = received - newest - offsetMillis;
    boolean ahead = late < -AHEAD_MILLIS;
    boolean behind = late > BEHIND_MILLIS && (!started || inTurn && newest < newestMillis);
    if (ahead || behind) {
      offsetMillis = received - newest;
    }
    if (!started || inTurn) {
      newestMillis = newest;
    }
    started = true;
  }

  /** A time of the clock of the player by that of the service. */
  long corrected(long millis) {
    return millis + offsetMillis;
  }
}
