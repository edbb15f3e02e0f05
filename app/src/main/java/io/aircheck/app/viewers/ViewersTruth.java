package io.aircheck.app.viewers;

import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.truth.Truth;
import java.time.Instant;
import java.util.List;

/**
 * What is true of an audience.
 *
 * @param begun when it began
 * @param seed what its chance began with
 * @param durationMillis how long it lasts
 * @param faults what went wrong
 * @param viewers how many came
 * @param present how many had not left when it was stopped; they are not in the truth
 * @param lostReports how many reports were lost on their way, on purpose
 * @param sent what became of the others
 * @param truth of the views that are over
 */
public record ViewersTruth(
    Instant begun,
    long seed,
    long durationMillis,
    List<Fault> faults,
    long viewers,
    int present,
    long lostReports,
    Sent sent,
    Truth truth) {
  public ViewersTruth {
    faults = List.copyOf(faults);
  }
}
