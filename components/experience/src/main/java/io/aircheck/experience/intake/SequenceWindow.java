package io.aircheck.experience.intake;

/**
 * Tells new reports of one channel from those taken before, by their sequence numbers, and counts
 * those that are missing. Remembers the last {@value #WIDTH} numbers; what is older is taken for a
 * repetition, since a view counted twice is worse than one report less. Not thread-safe.
 *
 * <p>A number that was seen, but newer by its time than all before it, is that of a player that
 * began again: a repetition has the time that it had.
 */
final class SequenceWindow {
  /** How many numbers are remembered. */
  static final int WIDTH = 64;

  /** A jump by more is a player that counts otherwise, not a loss. */
  static final int WIDEST_GAP = 10_000;

  private long highest = -1;
  private long seen;
  private long newestMillis = Long.MIN_VALUE;
  private long base;
  private long arrived;
  private long lostBefore;

  /** Whether a report is new. */
  boolean take(long sequence, long millis) {
    boolean isNew = isNew(sequence, millis);
    if (isNew) {
      newestMillis = Math.max(newestMillis, millis);
    }
    return isNew;
  }

  /** How many reports are missing so far. One that comes late is missing no longer. */
  long lost() {
    return lostBefore + missing();
  }

  /** The highest number of those that were taken since the player last began again. */
  long highest() {
    return highest;
  }

  private boolean isNew(long sequence, long millis) {
    if (highest < 0) {
      start(sequence);
      return true;
    }
    long ahead = sequence - highest;
    if (ahead > WIDEST_GAP) {
      start(sequence);
      return true;
    }
    if (ahead > 0) {
      seen = ahead >= WIDTH ? 1 : seen << ahead | 1;
      highest = sequence;
      arrived++;
      return true;
    }
    boolean tooOld = -ahead >= WIDTH;
    if (tooOld || (seen >>> -ahead & 1) == 1) {
      if (millis <= newestMillis) {
        return false;
      }
      start(sequence);
      return true;
    }
    seen |= 1L << -ahead;
    arrived += sequence >= base ? 1 : 0;
    return true;
  }

  /**
   * Begins to count. Numbers before an early one are missing, but for 0: some players start at 1.
   */
  private void start(long sequence) {
    lostBefore += highest < 0 ? 0 : missing();
    highest = sequence;
    seen = 1;
    base = sequence < WIDTH ? 1 : sequence;
    arrived = sequence >= base ? 1 : 0;
  }

  private long missing() {
    return Math.max(0, highest - base + 1 - arrived);
  }
}
