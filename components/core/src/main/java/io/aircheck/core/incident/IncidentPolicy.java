package io.aircheck.core.incident;

import io.aircheck.core.observe.Severity;
import java.util.Map;

/**
 * How findings of a stream become incidents.
 *
 * @param minSeverity findings below it are no incidents
 * @param severities severity by kind of finding, instead of the detector's own
 * @param recoveryMillis how long a defect must be gone before its incident closes; what comes back
 *     earlier is the same incident
 */
public record IncidentPolicy(
    Severity minSeverity, Map<String, Severity> severities, long recoveryMillis) {

  /** Warnings and worse; a minute of recovery, so that what flaps is told once. */
  public static final IncidentPolicy DEFAULT =
      new IncidentPolicy(Severity.WARNING, Map.of(), 60_000);

  public IncidentPolicy {
    severities = Map.copyOf(severities);
    if (recoveryMillis < 0) {
      throw new IllegalArgumentException("recovery time is negative: " + recoveryMillis + " ms");
    }
  }
}
