package io.aircheck.experience.alert;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.Map;

/**
 * Alerts as what detectors tell, so that they become incidents by the same fold, with the same
 * recovery, notifications and page. The cohort takes the place of the stream, as the shared label
 * does for an incident of several streams: {@code cdn=cdn-b}.
 */
public final class AlertObservations {
  /** From this factor on every viewer of the cohort may notice. */
  private static final double SEVERE = 3;

  private AlertObservations() {}

  /** What an observer of the cohort would have told. */
  public static StreamObservation of(AlertChange change) {
    Finding finding = finding(change.alert());
    Observation observation =
        switch (change.type()) {
          case OPENED -> new Observation.Opened(finding);
          case UPDATED -> new Observation.Updated(finding);
          case CLOSED -> new Observation.Closed(finding);
        };
    return new StreamObservation(
        change.alert().cohort().toString(), null, Point.MONITORED, change.atMillis(), observation);
  }

  private static Finding finding(Alert alert) {
    return new Finding(
        alert.id(),
        alert.kind(),
        1000 * alert.firstSeenMillis(),
        1000 * Math.max(alert.firstSeenMillis(), alert.lastSeenMillis()),
        factor(alert) >= SEVERE ? Severity.ERROR : Severity.WARNING,
        confidence(alert.z()),
        null,
        null,
        Map.of(
            alert.ratio().id(),
            alert.value(),
            "usual",
            alert.usual(),
            "standardErrors",
            alert.z(),
            "viewers",
            (double) alert.viewers(),
            "share",
            alert.share()),
        alert.message());
  }

  /** That it is not chance: one less the bound of Chernoff for a normal deviate, exp(−z² / 2). */
  private static double confidence(double z) {
    return z <= 0 ? 0 : 1 - Math.exp(-z * z / 2);
  }

  private static double factor(Alert alert) {
    double high = Math.max(alert.value(), alert.usual());
    return high / Math.max(Math.min(alert.value(), alert.usual()), Double.MIN_NORMAL);
  }
}
