package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.MeasuredDeployment;
import java.util.List;

/**
 * What came of a deployment that has watched the stream.
 *
 * @param measured what it used
 * @param sightings what it found
 */
record Report(MeasuredDeployment measured, List<Sighting> sightings) {
  Report {
    sightings = List.copyOf(sightings);
  }
}
