package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.IncidentChange;
import java.util.List;

/**
 * What came of a segment of a stream.
 *
 * @param observations of detectors and folds, in order
 * @param changes of incidents
 * @param failures what could not be looked at, and why: one line each
 */
record FoldedSegment(
    int number,
    List<StreamObservation> observations,
    List<IncidentChange> changes,
    List<String> failures) {
  FoldedSegment {
    observations = List.copyOf(observations);
    changes = List.copyOf(changes);
    failures = List.copyOf(failures);
  }
}
