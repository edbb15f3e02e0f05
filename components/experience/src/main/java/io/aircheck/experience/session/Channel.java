package io.aircheck.experience.session;

import io.aircheck.experience.report.ViewerReport;

/**
 * Which numbers of a report stream have come. Finds duplicates, counts what is lost, and knows when
 * the player began to count anew.
 *
 * @param name of the channel
 * @param highest number that has come
 * @param seen which of the 64 numbers up to the highest have come: bit 0 is the highest
 * @param first lowest number taken in; -1: none yet
 * @param taken highest number taken in; -1: none yet
 * @param latestMillis latest moment told, by the clock of the player
 */
record Channel(String name, long highest, long seen, long first, long taken, long latestMillis) {

  private static final int REMEMBERED = 64;

  /** Larger steps are a new way of counting rather than lost reports. */
  private static final long MOST_LOST = 1_000;

  void write(SlotWriter out) {
    out.reference(name);
    out.number(highest);
    out.number(seen);
    out.number(first);
    out.number(taken);
    out.number(latestMillis);
  }

  static Channel read(SlotReader in) {
    return new Channel(
        in.reference(), in.number(), in.number(), in.number(), in.number(), in.number());
  }

  /** A channel of which one report has come. */
  static Channel of(String name, ViewerReport report) {
    return new Channel(name, report.sequence(), 1, -1, -1, report.eventMillis());
  }

  /** Whether a number has come before, or is so old that it may have. */
  boolean knows(long sequence) {
    long back = highest - sequence;
    return back >= 0 && (back >= REMEMBERED || (seen & (1L << back)) != 0);
  }

  /** Whether the player has begun to count anew: a known number at a moment later than all. */
  boolean countsAnew(ViewerReport report, long reorderMillis) {
    return report.sequence() - highest > MOST_LOST
        || (knows(report.sequence()) && report.eventMillis() > latestMillis + reorderMillis);
  }

  /** A report has come whose number was not known. */
  Channel with(ViewerReport report) {
    long sequence = report.sequence();
    long latest = Math.max(latestMillis, report.eventMillis());
    if (sequence <= highest) {
      return new Channel(name, highest, seen | (1L << (highest - sequence)), first, taken, latest);
    }
    long step = sequence - highest;
    long shifted = step >= REMEMBERED ? 0 : seen << step;
    return new Channel(name, sequence, shifted | 1, first, taken, latest);
  }

  /** Whether a number that comes now had been counted as lost. */
  boolean wasLost(long sequence) {
    return taken >= 0 && sequence > first && sequence < taken;
  }

  /** How many numbers between the last one taken in and this one have not come. */
  long lostBefore(long sequence) {
    if (taken < 0 || sequence <= taken) {
      return 0;
    }
    long lost = 0;
    for (long number = taken + 1; number < sequence; number++) {
      long back = highest - number;
      if (back >= REMEMBERED || (seen & (1L << back)) == 0) {
        lost++;
      }
    }
    return lost;
  }

  /** A number is taken in, in the order of events. */
  Channel take(long sequence) {
    return taken >= sequence
        ? this
        : new Channel(name, highest, seen, taken < 0 ? sequence : first, sequence, latestMillis);
  }

  /** The clock of the player was set. */
  Channel withLatest(long eventMillis) {
    return new Channel(name, highest, seen, first, taken, eventMillis);
  }
}
