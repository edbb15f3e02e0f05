package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.incidents.IncidentFold;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IncidentFoldingTest {
  private static final Run RUN =
      new Run(
          "s/1",
          "s",
          true,
          List.of(),
          new IncidentPolicy(Severity.WARNING, Map.of(), 60_000),
          Map.of());

  private @Nullable StreamIncidents known;

  private static StreamObservation frozen(boolean opens, long atMillis) {
    Finding finding =
        new Finding("f-1", "video.freeze", 0, 0, Severity.ERROR, 1, null, null, Map.of(), "stands");
    return new StreamObservation(
        "s",
        null,
        Point.MONITORED,
        atMillis,
        opens ? new Observation.Opened(finding) : new Observation.Closed(finding));
  }

  private static Outcome.Observed observed(
      String task, long atMillis, StreamObservation... observations) {
    return new Outcome.Observed(
        RUN, task, List.of(observations), OptionalLong.empty(), false, atMillis, Glimpse.NOTHING);
  }

  private List<IncidentChange.Type> fold(Outcome outcome) throws IOException {
    if (known != null) {
      RecordBytes<StreamIncidents> bytes = new RecordBytes<>(StreamIncidents.class);
      known = bytes.deserialize(1, bytes.serialize(known));
    }
    IncidentFolding<?> folding = new IncidentFolding<>(new IncidentFold(), "s", known);
    List<IncidentChange> changes =
        switch (outcome) {
          case Outcome.Observed observed -> folding.observed(observed);
          case Outcome.Ended ended -> folding.ended(ended);
          case Outcome.Retold retold -> throw new IllegalArgumentException();
          case Outcome.Changed changed -> throw new IllegalArgumentException();
        };
    known = folding.snapshot();
    return changes.stream().map(IncidentChange::type).toList();
  }

  @Test
  void observed_defectThatIsGoneForTheRecoveryTime_closesByTheTimeOfTheTasks() throws IOException {
    assertThat(fold(observed("low", 1_000, frozen(true, 900))))
        .containsExactly(IncidentChange.Type.OPENED);
    assertThat(fold(observed("low", 6_000, frozen(false, 5_000))))
        .containsExactly(IncidentChange.Type.RECOVERING);
    assertThat(fold(observed("low", 64_999))).isEmpty();

    assertThat(fold(observed("low", 65_000))).containsExactly(IncidentChange.Type.CLOSED);
  }

  @Test
  void observed_otherTaskMayStillSaySomething_waitsForIt() throws IOException {
    fold(observed("high", 1_000));
    fold(observed("low", 6_000, frozen(true, 900), frozen(false, 5_000)));
    fold(observed("high", 60_000));
    assertThat(fold(observed("low", 70_000))).isEmpty();

    assertThat(fold(observed("high", 65_500))).containsExactly(IncidentChange.Type.CLOSED);
  }

  @Test
  void observed_recursAfterARestart_isTheSameIncident() throws IOException {
    fold(observed("low", 6_000, frozen(true, 900), frozen(false, 5_000)));

    assertThat(fold(observed("low", 31_000, frozen(true, 30_000))))
        .containsExactly(IncidentChange.Type.RECURRED);
  }

  @Test
  void ended_anotherRunFollows_leavesWhatIsOpen() throws IOException {
    fold(observed("low", 1_000, frozen(true, 900)));

    assertThat(fold(new Outcome.Ended(RUN, List.of(), Optional.empty(), true, 2_000))).isEmpty();
  }

  @Test
  void ended_forGood_closesWhatIsOpen() throws IOException {
    fold(observed("low", 1_000, frozen(true, 900)));

    assertThat(fold(new Outcome.Ended(RUN, List.of(), Optional.empty(), false, 2_000)))
        .containsExactly(IncidentChange.Type.CLOSED);
  }
}
