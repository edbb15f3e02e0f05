package io.aircheck.media.transport;

import io.aircheck.core.media.TransportSignal;
import io.aircheck.core.media.TransportSignal.Indicator;

/**
 * A violation of an indicator, placed in the stream but not yet on media time: the one who demuxes
 * knows how the stream's time stamps map to that.
 *
 * @param pid packet identifier it concerns; -1 for the stream as a whole
 * @param count violations folded into it; at least 1
 * @param value the measured quantity in the indicator's unit, or NaN
 */
public record TransportViolation(
    Indicator indicator,
    int pid,
    StreamPoint start,
    StreamPoint end,
    int count,
    double value,
    String detail) {

  /** How places in the stream map to media time. */
  @FunctionalInterface
  public interface MediaClock {
    /** Media time in microseconds; points come in any order, {@code pts} may be -1. */
    long mediaMicros(StreamPoint point);
  }

  /** The violation on media time. */
  public TransportSignal toSignal(MediaClock clock) {
    long startMicros = clock.mediaMicros(start);
    long endMicros = Math.max(startMicros, clock.mediaMicros(end));
    return new TransportSignal(indicator, pid, startMicros, endMicros, count, value, detail);
  }
}
