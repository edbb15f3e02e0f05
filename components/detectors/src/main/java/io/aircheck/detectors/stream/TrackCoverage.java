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
  private boolean playing;
  private long patientUntilMicros;

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
    playing = true;
    lastStartMicros = fromMicros;
    long to = toMicros > fromMicros ? toMicros : fromMicros + intervalMicros;
    endMicros = Math.max(endMicros, to);
  }

  /** A stream was joined in the middle: until this time its first media may be yet to come. */
  void join(long patientUntilMicros) {
    playing = false;
    this.patientUntilMicros = patientUntilMicros;
  }

  /** Whether the first media since joining may still be awaited at a time. */
  boolean joining(long atMicros) {
    return !playing && atMicros < patientUntilMicros;
  }

  /** Whether there was media since the stream was joined. */
  boolean playing() {
    return playing;
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
    state.writeBoolean(playing);
    state.writeLong(patientUntilMicros);
  }

  void restore(DataInput state) throws IOException {
    endMicros = state.readLong();
    lastStartMicros = state.readLong();
    intervalMicros = state.readLong();
    begun = state.readBoolean();
    playing = state.readBoolean();
    patientUntilMicros = state.readLong();
  }
}
