package io.aircheck.app.demo;

import io.aircheck.audience.truth.Toll;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.measure.Measure;

/**
 * What the service says of those whom an incident hit, as far as it is known.
 *
 * @param viewers how many
 * @param exposure what they did, beside others who were not shown it; of nobody where the incident
 *     is not of a stream
 */
record Impact(long viewers, Exposure exposure) {
  /** Nothing is known. */
  static final Impact NONE = new Impact(0, Exposure.NONE);

  /**
   * What is told of what is true, at least: reports are summed in windows, and the monitor is some
   * segments behind the live edge.
   */
  private static final double LEAST = 0.5;

  /** Whether it tells of those who left because of a fault, and of the stalls that it made. */
  boolean tells(Toll truth) {
    // Of those who leave without a word it is known later, and not when.
    long left = truth.left() - truth.leftSilently();
    return left + truth.stalls() > 0
        && exposure.exposed().get(Measure.ENDED) >= LEAST * left
        && exposure.exposed().get(Measure.STALLS) >= LEAST * truth.stalls();
  }
}
