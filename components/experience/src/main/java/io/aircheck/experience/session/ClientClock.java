package io.aircheck.experience.session;

import io.aircheck.experience.report.ViewerReport;

/**
 * How the clock of a player stands to that of the service. A report is never received before it
 * happened, so the smallest difference seen between the two is the best estimate of the offset: it
 * holds the least delay.
 *
 * <p>What has no time of its own carries that of its arrival, and is left as it is; so is what has
 * a time that cannot be.
 *
 * @param told whether any report had a time of its own
 * @param settled whether a report has been taken in; until then the offset only gives an order
 * @param offsetMillis what is added to the player's time to make it the service's
 */
record ClientClock(boolean told, boolean settled, long offsetMillis) {
  /** Later times are no times; some 140,000 years from now. */
  private static final long LATEST_MILLIS = 1L << 52;

  /**
   * A clock that seems right to so much, a batch and a delay included, may tell the very
   * millisecond of arrival.
   */
  private static final long NEAR_MILLIS = 5_000;

  static final ClientClock UNKNOWN = new ClientClock(false, false, 0);

  void write(SlotWriter out) {
    out.flag(told);
    out.flag(settled);
    out.number(offsetMillis);
  }

  static ClientClock read(SlotReader in) {
    return new ClientClock(in.flag(), in.flag(), in.number());
  }

  /** A clock of which one report has arrived. */
  static ClientClock of(ViewerReport report) {
    return UNKNOWN.hasTime(report) ? new ClientClock(true, false, offset(report)) : UNKNOWN;
  }

  /** The moment of a report by the clock of the service, as far as it is known. */
  long corrected(ViewerReport report) {
    return told && hasTime(report) ? report.eventMillis() + offsetMillis : report.receivedMillis();
  }

  /** A report has arrived. */
  ClientClock arrived(ViewerReport report) {
    if (told) {
      return this;
    }
    ClientClock now = of(report);
    // What was taken in before at the moment of its arrival may have had just that time of its own.
    return settled && now.told && Math.abs(now.offsetMillis) <= NEAR_MILLIS
        ? new ClientClock(true, true, 0)
        : now;
  }

  /** A report is taken in. */
  ClientClock taken(ViewerReport report) {
    if (!hasTime(report)) {
      return told ? this : new ClientClock(false, true, 0);
    }
    long offset = offset(report);
    return settled && offset >= offsetMillis ? this : new ClientClock(true, true, offset);
  }

  /**
   * Whether the player's clock was set forward: the report would lie further after the latest one
   * than the time in which it came.
   */
  boolean wentForward(ViewerReport report, long latestMillis, long stepMillis) {
    return told
        && hasTime(report)
        && offset(report) < offsetMillis - stepMillis
        && corrected(report) - latestMillis > stepMillis;
  }

  /**
   * Whether the report lies so far before the latest one that only a clock set back explains it.
   */
  boolean wentBack(ViewerReport report, long latestMillis, long stepMillis) {
    return told
        && hasTime(report)
        && offset(report) > offsetMillis + stepMillis
        && corrected(report) < latestMillis - stepMillis;
  }

  /**
   * Whether a report has a time of its own. One that has that of its arrival has none, unless the
   * clock is known to be so near that it may be by chance.
   */
  private boolean hasTime(ViewerReport report) {
    long event = report.eventMillis();
    boolean own =
        event != report.receivedMillis() || (told && Math.abs(offsetMillis) <= NEAR_MILLIS);
    return own && event >= 0 && event < LATEST_MILLIS;
  }

  private static long offset(ViewerReport report) {
    return report.receivedMillis() - report.eventMillis();
  }
}
