package io.aircheck.core.deploy;

import io.aircheck.core.observe.Observation;
import org.jspecify.annotations.Nullable;

/**
 * An observation with its origin: what travels between tasks, folds and whoever listens.
 *
 * @param stream stream id
 * @param rendition rendition of the ladder, or null where there is none
 * @param point which of the compared points of the programme it was made at
 * @param wallClockMillis wall-clock time at which it was made, milliseconds since the epoch
 * @param observation what was observed
 */
public record StreamObservation(
    String stream,
    @Nullable String rendition,
    Point point,
    long wallClockMillis,
    Observation observation) {

  /** Point of a programme that is looked at. */
  public enum Point {
    MONITORED,
    REFERENCE
  }
}
