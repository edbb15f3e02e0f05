package io.aircheck.deploy.flink;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Severity;
import java.util.HashMap;
import java.util.Map;

/**
 * Incidents of a stream that are open.
 *
 * @param severities of each, by its id
 */
record OpenIncidents(Map<String, Severity> severities) {
  /** None. */
  static final OpenIncidents NONE = new OpenIncidents(Map.of());

  OpenIncidents {
    severities = Map.copyOf(severities);
  }

  /** Those that are open when this has happened. */
  OpenIncidents after(IncidentChange change) {
    Incident incident = change.incident();
    Map<String, Severity> next = new HashMap<>(severities);
    if (incident.state() == Incident.State.OPEN) {
      next.put(incident.id(), incident.severity());
    } else {
      next.remove(incident.id());
    }
    return new OpenIncidents(next);
  }

  long of(Severity severity) {
    return severities.values().stream().filter(severity::equals).count();
  }
}
