package io.aircheck.core.meter;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Meters how much of one stream was watched, as media time that was reached by any of its
 * renditions: a second of stream is a second however many of them there are. Thread-safe.
 */
public final class WatchedTime {
  private final Meter meter;
  private final AtomicLong reachedMicros;

  /**
   * @param meter what {@link Quantity#STREAM_SECONDS} are added to
   * @param originMicros media time at which watching begins
   */
  public WatchedTime(Meter meter, long originMicros) {
    this.meter = meter;
    this.reachedMicros = new AtomicLong(originMicros);
  }

  /** A rendition has reached a media time. */
  public void reached(long micros) {
    long before = reachedMicros.getAndAccumulate(micros, Math::max);
    if (micros > before) {
      meter.add(Quantity.STREAM_SECONDS, (micros - before) / 1e6);
    }
  }

  /** Media time reached, microseconds. */
  public long reachedMicros() {
    return reachedMicros.get();
  }
}
