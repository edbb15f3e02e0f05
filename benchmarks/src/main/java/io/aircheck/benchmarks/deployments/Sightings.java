package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.measure.Witness;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down the incidents of a stream, and where in the media they were. Thread-safe. */
final class Sightings implements Witness {
  private record Told(Incident incident, long firstMillis) {}

  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final Map<String, Told> incidents = new LinkedHashMap<>();

  @Override
  public synchronized void observed(StreamObservation observation) {
    switch (observation.observation()) {
      case Observation.Opened(Finding finding) -> findings.put(finding.id(), finding);
      case Observation.Updated(Finding finding) -> findings.put(finding.id(), finding);
      case Observation.Closed(Finding finding) -> findings.put(finding.id(), finding);
      case Observation.Fingerprinted fingerprinted -> {}
    }
  }

  @Override
  public synchronized void changed(IncidentChange change) {
    Incident incident = change.incident();
    Told before = incidents.get(incident.id());
    incidents.put(
        incident.id(),
        new Told(incident, before == null ? System.currentTimeMillis() : before.firstMillis()));
  }

  /** All incidents, by kind and time. */
  synchronized List<Sighting> all() {
    List<Sighting> all = new ArrayList<>();
    for (Told told : incidents.values()) {
      String kind = told.incident().cause();
      List<Finding> about =
          findings.values().stream().filter(finding -> finding.kind().equals(kind)).toList();
      all.add(
          new Sighting(
              kind,
              about.stream().mapToLong(Finding::startMicros).min().orElse(-1),
              about.stream().mapToLong(Finding::endMicros).max().orElse(-1),
              told.incident().severity().word(),
              about.size(),
              told.firstMillis()));
    }
    all.sort(Comparator.comparing(Sighting::kind).thenComparing(Sighting::toldMillis));
    return all;
  }
}
