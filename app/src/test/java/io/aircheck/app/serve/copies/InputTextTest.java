package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.copies.IncidentExchange.Waiting;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentInput.Commanded.Command;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.TestIncidents;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InputTextTest {
  private static final Finding FINDING =
      new Finding(
          "video.black/video:0/3",
          "video.black",
          1_000_000,
          3_500_000,
          Severity.ERROR,
          0.9,
          "video:0",
          "720p",
          Map.of("luma", 16.5),
          "The picture is black.");

  private static IncidentInput read(InputText text, long epoch) {
    return InputText.read(
        new Waiting(1, epoch, text.type(), text.body()),
        stream -> IncidentPolicy.DEFAULT,
        stream -> Set.of(7L, 8L));
  }

  private static StreamObservation seen(Observation observation) {
    return new StreamObservation("news", "720p", Point.REFERENCE, 123_456, observation);
  }

  @Test
  void read_observations_areAsTheyWereButForTheEpochInTheirId() {
    Finding named = FINDING.withId("7/video.black/video:0/3");

    assertThat(read(InputText.of(seen(new Observation.Opened(FINDING)), FINDING), 7))
        .isEqualTo(
            new IncidentInput.Observed(
                seen(new Observation.Opened(named)), IncidentPolicy.DEFAULT));
    assertThat(read(InputText.of(seen(new Observation.Updated(FINDING)), FINDING), 7))
        .isEqualTo(
            new IncidentInput.Observed(
                seen(new Observation.Updated(named)), IncidentPolicy.DEFAULT));
    assertThat(read(InputText.of(seen(new Observation.Closed(FINDING)), FINDING), 7))
        .isEqualTo(
            new IncidentInput.Observed(
                seen(new Observation.Closed(named)), IncidentPolicy.DEFAULT));
  }

  @Test
  void read_rewatched_keepsFindingsOfOthersThatWatchTheStreamNow() {
    assertThat(read(InputText.rewatched("news", 5), 7))
        .isEqualTo(new IncidentInput.Rewatched("news", IncidentPolicy.DEFAULT, 5, Set.of("8/")));
    assertThat(read(InputText.paused("news", 5), 0))
        .isEqualTo(new IncidentInput.Paused("news", 5, Set.of("7/", "8/")));
    assertThat(read(InputText.unwatched("news", 5), 0))
        .isEqualTo(new IncidentInput.Unwatched("news", 5));
  }

  @Test
  void read_whatPeopleSay_isAsItWas() {
    IncidentInput.Commanded command =
        new IncidentInput.Commanded("news", "i1", Command.NOTE, "ann", 9, "seen");
    Incident incident = TestIncidents.incident("news", 10_000, Incident.State.CLOSED, 3);

    assertThat(read(InputText.of(command), 0)).isEqualTo(command);
    assertThat(read(InputText.reopened(incident, "ann", 9), 0))
        .isEqualTo(new IncidentInput.Reopened(incident, IncidentPolicy.DEFAULT, "ann", 9));
  }

  @Test
  void read_typeOfALaterVersion_isRefused() {
    assertThatThrownBy(() -> read(new InputText("sung", "{}"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sung");
    assertThatThrownBy(() -> read(new InputText("opened", "{}"), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
