package io.aircheck.core.task;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Counts what a task has done; its figures survive a restore. */
final class TaskTally {
  private final Map<String, Long> audioMicros = new HashMap<>();
  private long videoFrames;
  private long skippedFrames;
  private long reconnects;

  /**
   * A picture was decoded.
   *
   * @param skipped whether some detectors did not see it
   */
  void picture(boolean skipped) {
    videoFrames++;
    if (skipped) {
      skippedFrames++;
    }
  }

  /** A run of sound was decoded. */
  void sound(String track, long micros) {
    audioMicros.merge(track, micros, Long::sum);
  }

  /** The input was opened again. */
  void reconnected() {
    reconnects++;
  }

  /** Whether neither picture nor sound has come yet. */
  boolean isEmpty() {
    return videoFrames == 0 && audioMicros.isEmpty();
  }

  long skippedFrames() {
    return skippedFrames;
  }

  TaskStatistics statistics(long mediaMicros, Map<String, String> detectorFailures) {
    return new TaskStatistics(
        videoFrames,
        audioMicros.values().stream().mapToLong(Long::longValue).max().orElse(0),
        skippedFrames,
        reconnects,
        mediaMicros,
        detectorFailures);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(videoFrames);
    state.writeLong(skippedFrames);
    state.writeLong(reconnects);
    state.writeInt(audioMicros.size());
    for (Map.Entry<String, Long> track : audioMicros.entrySet()) {
      state.writeUTF(track.getKey());
      state.writeLong(track.getValue());
    }
  }

  void restore(DataInput state) throws IOException {
    videoFrames = state.readLong();
    skippedFrames = state.readLong();
    reconnects = state.readLong();
    for (int i = state.readInt(); i > 0; i--) {
      audioMicros.put(state.readUTF(), state.readLong());
    }
  }
}
