package io.aircheck.experience.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlertObservationsTest {
  @Test
  void alert_isAFindingOfItsCohortFromBeginningToEnd() {
    AlertRun run = new AlertRun(AlertPolicy.DEFAULT, 10_000);
    run.during(AlertRun.HOUR, (part, millis) -> 0.01)
        .during(5 * AlertRun.MINUTE, (part, millis) -> part.cdn().equals("cdn-b") ? 0.06 : 0.01)
        .during(10 * AlertRun.MINUTE, (part, millis) -> 0.01);

    List<StreamObservation> told = run.changes().stream().map(AlertObservations::of).toList();
    assertThat(told).allMatch(observation -> observation.stream().equals("cdn=cdn-b"));
    assertThat(told.getFirst().observation()).isInstanceOf(Observation.Opened.class);
    assertThat(told.getLast().observation()).isInstanceOf(Observation.Closed.class);
    Finding opened = ((Observation.Opened) told.getFirst().observation()).finding();
    Finding closed = ((Observation.Closed) told.getLast().observation()).finding();
    assertThat(opened.kind()).isEqualTo("experience.rebuffering_percent");
    assertThat(opened.severity()).isEqualTo(Severity.ERROR);
    assertThat(opened.confidence()).isGreaterThan(0.99);
    assertThat(opened.measurements()).containsEntry("viewers", 1600.0);
    assertThat(closed.id()).isEqualTo(opened.id());
    assertThat(closed.durationMicros()).isGreaterThan(5 * 60 * 1_000_000L);
  }
}
