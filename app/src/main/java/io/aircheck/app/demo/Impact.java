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
   * Share of what is true that is told, at least. Windows of the reports may miss half of it, since
   * the monitor is some segments behind the live edge; and half of the viewers are not known to be
   * hit where it finds something in one of two renditions alone.
   */
  private static final double LEAST = 0.25;

  /** Whether it tells of those who left because of a fault, and of the stalls that it made. */
  boolean tells(Toll truth) {
    // Of those who leave without a word it is known later, and not when.
    long left = truth.left() - truth.leftSilently();
    return left + truth.stalls() > 0
        && exposure.exposed().get(Measure.ENDED) >= LEAST * left
        && exposure.exposed().get(Measure.STALLS) >= LEAST * truth.stalls();
  }
}
