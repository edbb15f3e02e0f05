package io.aircheck.core.task;

import java.util.Map;

/**
 * What a task has done so far.
 *
 * @param videoFrames pictures decoded
 * @param audioMicros sound decoded, microseconds, longest track
 * @param skippedFrames pictures of {@code videoFrames} that only detectors of timing saw, because
 *     the task fell behind a live input
 * @param reconnects times the input was opened again
 * @param mediaMicros media time reached
 * @param detectorFailures message by kind of each detector that failed and was taken out
 */
public record TaskStatistics(
    long videoFrames,
    long audioMicros,
    long skippedFrames,
    long reconnects,
    long mediaMicros,
    Map<String, String> detectorFailures) {
  public TaskStatistics {
    detectorFailures = Map.copyOf(detectorFailures);
  }
}
