package io.aircheck.media.segments;

import io.aircheck.media.playlist.Segment;
import java.util.OptionalLong;

/**
 * Where in media time segments are: media time goes on by the segments' own timestamps, and by
 * EXTINF where they tell nothing or do not continue. Not thread-safe.
 */
final class SegmentClock {

  /** Timestamps further than this from where a segment was expected do not continue. */
  private static final long CONTINUITY_MICROS = 1_000_000;

  private long cursorMicros;
  private OptionalLong expectedTimestamp = OptionalLong.empty();

  /** A clock whose first segment starts at a media time. */
  SegmentClock(long originMicros) {
    cursorMicros = originMicros;
  }

  /** Media time at which the next segment starts, microseconds. */
  long nowMicros() {
    return cursorMicros;
  }

  /** A segment was read. */
  void played(Segment segment, SegmentTimes times) {
    OptionalLong start = times.startMicros();
    if (start.isPresent() && expectedTimestamp.isPresent()) {
      long ahead = start.getAsLong() - expectedTimestamp.getAsLong();
      // Small differences are the remainders of rounding: the timestamps are right.
      cursorMicros += Math.abs(ahead) <= CONTINUITY_MICROS ? ahead : 0;
    }
    long duration = times.durationMicros().orElse(segment.durationMicros());
    cursorMicros += duration;
    expectedTimestamp =
        start.isPresent() ? OptionalLong.of(start.getAsLong() + duration) : OptionalLong.empty();
  }

  /** Media of a length is missing. */
  void missing(long durationMicros) {
    cursorMicros += durationMicros;
    if (expectedTimestamp.isPresent()) {
      expectedTimestamp = OptionalLong.of(expectedTimestamp.getAsLong() + durationMicros);
    }
  }

  /** The timestamps of the next segment are unrelated. */
  void discontinuity() {
    expectedTimestamp = OptionalLong.empty();
  }
}
