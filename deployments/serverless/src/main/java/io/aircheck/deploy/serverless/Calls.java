package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import java.util.List;
import java.util.Optional;

/**
 * What functions are called with and answer, as JSON. Answers are small whatever was found: a state
 * machine carries 256 KiB from one state to the next, so that observations go through the bucket.
 */
final class Calls {
  private Calls() {}

  /**
   * Convert the next segment of an input.
   *
   * @param prefix of the names of all objects of the input
   * @param uri address to read; may contain secrets, never print it
   * @param rendition of the ladder, empty for the only or best one
   * @param number of the segment, from 0
   * @param segmentMicros how long it is to be, microseconds of media time
   * @param pictureStepMicros of each so much time one picture is written; 0: all are
   */
  record Convert(
      String prefix,
      String uri,
      Optional<String> rendition,
      boolean live,
      int number,
      long segmentMicros,
      long pictureStepMicros) {}

  /**
   * A segment was converted.
   *
   * @param ended whether the input ended in it
   */
  record Converted(int number, long fromMicros, long toMicros, boolean ended) {}

  /** Look at a converted segment with one detector. */
  record Detect(
      String prefix,
      String stream,
      Optional<String> rendition,
      int number,
      DetectorChoice detector) {}

  /**
   * A detector has looked.
   *
   * @param key object with what it observed, see {@link Observed}
   * @param count how many observations that are
   */
  record Detected(String key, int count) {}

  /** What one detector observed in one segment, in order. */
  record Observed(List<StreamObservation> observations) {}
}
