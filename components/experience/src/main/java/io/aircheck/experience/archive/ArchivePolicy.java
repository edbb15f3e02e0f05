package io.aircheck.experience.archive;

import java.time.Duration;

/**
 * How viewers are archived.
 *
 * @param graceMillis so long after its end an hour is written; what comes later is written with a
 *     later hour
 * @param settleMillis and so much later, since a report may still be on its way; the same for
 *     minutes
 * @param stageMillis what is new of views is summed in memory for so long at most
 * @param mostViews or until it is of so many; with fewer than there are sessions each of them is
 *     written several times in an hour
 * @param mostLate what is late is summed in memory until it is of so many cells
 * @param keepSessionsMillis views by hours are kept for so long
 * @param keepMinutesMillis and sums by minutes for so long
 */
public record ArchivePolicy(
    long graceMillis,
    long settleMillis,
    long stageMillis,
    int mostViews,
    int mostLate,
    long keepSessionsMillis,
    long keepMinutesMillis) {
  static final long HOUR_MILLIS = 3_600_000;
  static final long MINUTE_MILLIS = 60_000;

  private static final int FEW_VIEWS = 50_000;
  private static final int MOST_LATE = 200_000;

  /**
   * A view that is late by so much is of the hour in which it came: nobody waits for it, and each
   * hour that is written to costs a file.
   */
  private static final long LATEST_MILLIS = 24 * HOUR_MILLIS;

  /**
   * @throws IllegalArgumentException if a length is not positive
   */
  public ArchivePolicy {
    if (graceMillis < 1
        || settleMillis < 1
        || stageMillis < 1
        || mostViews < 1
        || mostLate < 1
        || keepSessionsMillis < 1
        || keepMinutesMillis < 1) {
      throw new IllegalArgumentException("lengths of an archive");
    }
  }

  /** The usual for some thousand viewers, for a time that things are kept. */
  public static ArchivePolicy keeping(Duration sessions, Duration minutes) {
    return new ArchivePolicy(
        300_000, 30_000, 300_000, FEW_VIEWS, MOST_LATE, sessions.toMillis(), minutes.toMillis());
  }

  /** The same where so many sessions may be remembered. */
  public ArchivePolicy forSessions(int sessions) {
    return new ArchivePolicy(
        graceMillis,
        settleMillis,
        stageMillis,
        Math.max(FEW_VIEWS, sessions),
        mostLate,
        keepSessionsMillis,
        keepMinutesMillis);
  }

  /** The start of the hour that a time is in. */
  static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS) * HOUR_MILLIS;
  }

  /** The start of the minute that a time is in. */
  static long minuteOf(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS) * MINUTE_MILLIS;
  }

  /** The hour that something is of. */
  long hourOf(long windowMillis, long toldMillis) {
    return hourOf(Math.clamp(windowMillis, toldMillis - LATEST_MILLIS, toldMillis));
  }

  /**
   * With which hour something is written: with its own, or if it was told too late for that, with
   * the one in whose time it was told. It depends on nothing else, so whoever reads the reports
   * again comes to the same.
   */
  long batchOf(long hourMillis, long toldMillis) {
    return Math.max(hourMillis, hourOf(toldMillis - graceMillis));
  }

  /** When a minute is taken from the cube; what is told from then on is late. */
  long minuteDue(long minuteMillis) {
    return minuteMillis + MINUTE_MILLIS + graceMillis;
  }

  /** The latest hour of which everything has been told. */
  long dueHour(long advancedMillis) {
    return hourOf(advancedMillis - graceMillis - settleMillis) - HOUR_MILLIS;
  }
}
