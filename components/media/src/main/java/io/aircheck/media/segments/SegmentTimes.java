package io.aircheck.media.segments;

import java.util.OptionalLong;

/**
 * Looks at the bytes of one segment for the times of its pictures or sound, which decide how long
 * it really is.
 */
interface SegmentTimes {

  /** For containers whose times are not read. */
  SegmentTimes UNKNOWN =
      new SegmentTimes() {
        @Override
        public void bytes(byte[] buffer, int offset, int length) {
          // Nothing to find.
        }

        @Override
        public OptionalLong startMicros() {
          return OptionalLong.empty();
        }

        @Override
        public OptionalLong durationMicros() {
          return OptionalLong.empty();
        }
      };

  /** Takes the next bytes of the segment. */
  void bytes(byte[] buffer, int offset, int length);

  /** Timestamp of the earliest picture or sample so far, microseconds. */
  OptionalLong startMicros();

  /** Media time that the bytes so far cover, microseconds. */
  OptionalLong durationMicros();
}
