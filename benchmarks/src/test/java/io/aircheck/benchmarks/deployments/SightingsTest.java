package io.aircheck.benchmarks.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private final Sightings sightings = new Sightings();

  private static Finding finding(String id, long startMicros, long endMicros, Severity severity) {
    return new Finding(
        id,
        "video.black",
        startMicros,
        endMicros,
        severity,
        1,
        "video:0",
        null,
        Map.of(),
        "Black.");
  }

  private void observed(Observation observation) {
    sightings.observed(new StreamObservation("s", null, Point.MONITORED, 1, observation));
  }

  private void changed(IncidentChange.Type type, Severity severity) {
    sightings.changed(
        new IncidentChange(
            type,
            new Incident(
                "s~video.black~1",
                "s",
                "video.black",
                Incident.State.OPEN,
                severity,
                1,
                0,
                1,
                1,
                1,
                List.of(),
                List.of("video.black"),
                Map.of(),
                "Black.",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                1),
            1));
  }

  @Test
  void all_oneIncidentOfAFindingThatGrew_hasItsWholeTimeAndItsWorstSeverity() {
    observed(new Observation.Opened(finding("a", 1_000, 2_000, Severity.WARNING)));
    changed(IncidentChange.Type.OPENED, Severity.WARNING);
    observed(new Observation.Updated(finding("a", 1_000, 5_000, Severity.ERROR)));
    changed(IncidentChange.Type.UPDATED, Severity.ERROR);
    observed(new Observation.Closed(finding("a", 1_000, 7_000, Severity.ERROR)));

    assertThat(sightings.all())
        .singleElement()
        .satisfies(
            sighting -> {
              assertThat(sighting.kind()).isEqualTo("video.black");
              assertThat(sighting.startMicros()).isEqualTo(1_000);
              assertThat(sighting.endMicros()).isEqualTo(7_000);
              assertThat(sighting.severity()).isEqualTo("error");
              assertThat(sighting.findings()).isEqualTo(1);
            });
  }

  @Test
  void all_findingThatWasFoundTwice_isTold() {
    observed(new Observation.Closed(finding("a", 1_000, 2_000, Severity.ERROR)));
    observed(new Observation.Closed(finding("b", 2_000, 7_000, Severity.ERROR)));
    changed(IncidentChange.Type.OPENED, Severity.ERROR);

    assertThat(sightings.all())
        .singleElement()
        .satisfies(sighting -> assertThat(sighting.findings()).isEqualTo(2));
  }

  @Test
  void all_findingsWithoutIncidents_areNone() {
    observed(new Observation.Closed(finding("a", 1_000, 2_000, Severity.INFO)));

    assertThat(sightings.all()).isEmpty();
  }
}
