package io.aircheck.media.transport;

import io.aircheck.core.media.TransportSignal.Indicator;
import java.util.function.Consumer;

/**
 * Watches that something comes often enough: a table, a PID, a time stamp. An outage is reported
 * when it passes the limit, each second while it lasts, and when it ends; the pieces follow each
 * other without a gap.
 *
 * <p>Arrivals are noted by byte position and judged at the next clock reference, when the time of
 * the positions before it is known.
 */
final class IntervalWatch {
  private static final long PIECE = 1_000 * ProgramClock.TICKS_PER_MILLI;
  private static final long NONE = -1;

  private final Indicator indicator;
  private final int pid;
  private final long limit;
  private final String what;

  private long firstPosition = NONE;
  private long firstPts;
  private long lastPosition = NONE;
  private long lastPts;

  private long seenTime;
  private StreamPoint seenPoint;
  private boolean outage;
  private long reportedTime;

  /**
   * @param limitMillis longest interval that is in order
   * @param what that which is watched, for the words of the report
   * @param now time from which it is expected
   * @param point place from which it is expected
   */
  IntervalWatch(
      Indicator indicator, int pid, int limitMillis, String what, long now, StreamPoint point) {
    this.indicator = indicator;
    this.pid = pid;
    this.limit = limitMillis * ProgramClock.TICKS_PER_MILLI;
    this.what = what;
    this.seenTime = now;
    this.seenPoint = point;
  }

  /** It came. */
  void seen(long position, long pts) {
    if (firstPosition == NONE) {
      firstPosition = position;
      firstPts = pts;
    }
    lastPosition = position;
    lastPts = pts;
  }

  /** The clock got as far as a new reference. */
  void advance(ProgramClock clock, StreamPoint now, Consumer<TransportViolation> out) {
    if (firstPosition != NONE) {
      long time = clock.timeAt(firstPosition);
      if (time - seenTime > limit) {
        report(time, new StreamPoint(firstPosition, firstPts), out);
      }
      outage = false;
      seenTime = clock.timeAt(lastPosition);
      seenPoint = new StreamPoint(lastPosition, lastPts);
      firstPosition = NONE;
    } else if (clock.time() - seenTime > limit
        && (!outage || clock.time() - reportedTime >= PIECE)) {
      report(clock.time(), now, out);
      outage = true;
    }
  }

  /** The stream ends or breaks off here: an outage that is going on ends with it. */
  void finish(long time, StreamPoint now, Consumer<TransportViolation> out) {
    if (outage && time > reportedTime) {
      report(time, now, out);
    }
    outage = false;
  }

  /** Expects it anew from here: what was before does not count. */
  void restart(long time, StreamPoint now) {
    firstPosition = NONE;
    seenTime = time;
    seenPoint = now;
    outage = false;
  }

  private void report(long time, StreamPoint end, Consumer<TransportViolation> out) {
    long millis = (time - seenTime) / ProgramClock.TICKS_PER_MILLI;
    out.accept(
        new TransportViolation(
            indicator,
            pid,
            seenPoint,
            end,
            1,
            millis,
            "no %s for %d ms, at most %d ms are allowed"
                .formatted(what, millis, limit / ProgramClock.TICKS_PER_MILLI)));
    reportedTime = time;
  }
}
