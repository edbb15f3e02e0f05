package io.aircheck.notify.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.TestIncidents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentJsonTest {

  @Test
  void incident_withEverything_hasTheNamesOfTheApi() {
    Incident incident = TestIncidents.incident("news", 1_766_599_200_000L, Incident.State.OPEN, 3);

    assertThat(IncidentJson.of(incident).toString())
        .isEqualTo(
            """
            {"id":"%s","stream":"news","cause":"video.black","state":"open","severity":"error",\
            "confidence":0.9,"firstSeen":"2025-12-24T17:59:58.000Z",\
            "opened":"2025-12-24T18:00:00.000Z","lastSeen":"2025-12-24T18:00:00.500Z",\
            "detectionDelaySeconds":2.0,"durationSeconds":2.5,"occurrences":2,\
            "renditions":["high","low"],"kinds":["video.black","video.freeze"],\
            "measurements":{"lumaMean":16.5},"message":"The picture is black.",\
            "acknowledgement":{"by":"ada","at":"2025-12-24T18:00:00.100Z"},\
            "notes":[{"by":"ada","at":"2025-12-24T18:00:00.200Z",\
            "text":"on it – “now” <b>&"}],"revision":3}\
            """
                .formatted(incident.id()));
  }

  @Test
  void incident_withLittle_leavesOutWhatDoesNotApply() {
    Incident incident =
        new Incident(
            "a",
            "news",
            "stream.gap",
            Incident.State.RECOVERING,
            Severity.WARNING,
            1,
            0,
            0,
            0,
            1,
            List.of(),
            List.of("stream.gap"),
            Map.of("ratio", Double.NaN, "gap", 0.5),
            "",
            Optional.of("b"),
            Optional.empty(),
            List.of(),
            1);

    assertThat(IncidentJson.of(incident).toString())
        .contains("\"state\":\"recovering\"", "\"severity\":\"warning\"")
        .contains("\"measurements\":{\"gap\":0.5}", "\"explainedBy\":\"b\"", "\"notes\":[]")
        .doesNotContain("acknowledgement");
  }

  @Test
  void incident_ofSeveralStreams_namesItsMembers() {
    Incident plain = TestIncidents.opened("news", 1_766_599_200_000L).incident();
    Incident group =
        new Incident(
            "cdn=north~video.black~1",
            "cdn=north",
            plain.cause(),
            plain.state(),
            plain.severity(),
            1,
            0,
            0,
            0,
            1,
            List.of(),
            List.of("video.black"),
            Map.of("streams", 3.0),
            "3 streams on cdn=north: black",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            1,
            Optional.empty(),
            List.of(new Incident.Member("news", plain.id()), new Incident.Member("sport", "s")));

    assertThat(IncidentJson.of(group).toString())
        .contains(
            "\"members\":[{\"id\":\"%s\",\"stream\":\"news\"},{\"id\":\"s\",\"stream\":\"sport\"}]"
                .formatted(plain.id()))
        .doesNotContain("\"group\"");
    assertThat(IncidentJson.of(plain).toString()).doesNotContain("members");
  }

  @Test
  void change_hasTypeTimeAndIncident() {
    IncidentChange change = TestIncidents.opened("news", 1_766_599_200_000L);

    assertThat(IncidentJson.of(change).toString())
        .startsWith(
            "{\"type\":\"opened\",\"at\":\"2025-12-24T18:00:00.001Z\",\"incident\":{\"id\"");
  }
}
