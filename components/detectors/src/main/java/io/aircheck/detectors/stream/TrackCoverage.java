package io.aircheck.detectors.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How far the media of one track reaches. */
final class TrackCoverage {
  /** Intervals above this are holes, not the rhythm of a track. */
  private static final long LONGEST_RHYTHM_MICROS = 10_000_000;

  private long endMicros;
  private long lastStartMicros;
  private long intervalMicros;
  private boolean begun;

  /**
   * @param fromMicros time from which media is expected
   */
  TrackCoverage(long fromMicros) {
    this.endMicros = fromMicros;
  }

  /** A picture or run of sound; one of unknown length is taken to be as long as the one before. */
  void cover(long fromMicros, long toMicros) {
    long interval = fromMicros - lastStartMicros;
    if (begun && interval > 0 && interval <= LONGEST_RHYTHM_MICROS) {
      intervalMicros = interval;
    }
    begun = true;
    lastStartMicros = fromMicros;
    long to = toMicros > fromMicros ? toMicros : fromMicros + intervalMicros;
    endMicros = Math.max(endMicros, to);
  }

  /** Nothing is expected before this time. */
  void excuse(long untilMicros) {
    endMicros = Math.max(endMicros, untilMicros);
  }

  /** Time up to which there is media. */
  long endMicros() {
    return endMicros;
  }

  /** How late media may be without being late: two intervals of the track's rhythm. */
  long slackMicros() {
    return 2 * intervalMicros;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(endMicros);
    state.writeLong(lastStartMicros);
    state.writeLong(intervalMicros);
    state.writeBoolean(begun);
  }

  void restore(DataInput state) throws IOException {
    endMicros = state.readLong();
    lastStartMicros = state.readLong();
    intervalMicros = state.readLong();
    begun = state.readBoolean();
  }
}
