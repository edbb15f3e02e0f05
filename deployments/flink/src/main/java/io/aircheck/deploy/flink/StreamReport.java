package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.StreamObservation;
import java.util.Optional;

/** What the readers of the source send on: the only records of the job. */
sealed interface StreamReport {

  /** Run of a stream that it is about, see {@link StreamOrder#run}. */
  String run();

  /** A task of the stream observed something. */
  record Observed(String run, StreamObservation observation) implements StreamReport {}

  /**
   * The stream was watched up to here.
   *
   * @param reachedMicros media time that one of its renditions has reached
   */
  record Watched(String run, long reachedMicros) implements StreamReport {}

  /**
   * The run is over, and nothing more will be said of it.
   *
   * @param failure why, when it did not end in good order
   */
  record Ended(String run, Optional<String> failure) implements StreamReport {}
}
