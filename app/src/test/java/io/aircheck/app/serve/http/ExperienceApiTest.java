package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.WaitingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** What gets worse for viewers, as incidents of the service. */
@Tag("slow")
class ExperienceApiTest extends ViewerFixture {
  private static final long WINDOW = 10_000;

  /** Half an hour has to be known before anything is judged, and some minutes for the rest. */
  private static final int HISTORY = 190;

  private static final List<String> CDNS = List.of("north", "south", "west");
  private static final int VIEWERS = 30 * CDNS.size();
  private static final String OPEN = "/v1/incidents?kind=experience.rebuffering_percent";

  ExperienceApiTest() {
    // All of it is over by now: notifications are not sent before their time.
    clock.advance(Duration.ofHours(-1));
  }

  /** Windows in which everybody watches, and those of one CDN stall for four seconds. */
  private void windows(int count, String stalling) throws Exception {
    long start = Math.floorDiv(clock.millis(), WINDOW) * WINDOW + WINDOW;
    for (int i = 0; i < count; i++) {
      at(start + i * WINDOW + 2_000);
      post(lines("rebuffering", stalling, true) + lines("playing", stalling, false));
      at(start + i * WINDOW + 6_000);
      post(lines("playing", stalling, true));
    }
  }

  private String lines(String state, String cdn, boolean ofIt) {
    StringBuilder lines = new StringBuilder("\n");
    for (int viewer = 0; viewer < VIEWERS; viewer++) {
      String own = CDNS.get(viewer % CDNS.size());
      if (own.equals(cdn) == ofIt) {
        lines.append(line("v" + viewer, state, "match", own));
      }
    }
    return lines.toString();
  }

  private JsonNode stalls() throws Exception {
    windows(HISTORY, "none");
    windows(6, "south");
    return await(OPEN, json -> !json.path("items").isEmpty()).path("items").path(0);
  }

  @WaitingTest
  void stallsOfOneCdn_onACleanStream_openAnIncidentThatIsKeptOverARestart() throws Exception {
    start(List.of());
    addFine("main", "\"content\": \"match\"");
    await("/v1/streams/main", json -> json.path("state").asText().equals("watching"));

    JsonNode opened = stalls();

    assertThat(opened.path("stream").asText()).isEqualTo("viewers:cdn:south");
    assertThat(opened.path("message").asText())
        .contains("cdn=south", "30 viewers")
        .endsWith("The stream is clean: look at delivery and devices.");
    assertThat(opened.at("/measurements/viewers").asLong()).isEqualTo(30);
    ServiceApiTest.assertDescribed(opened, schemas(), "Incident");
    String path = "/v1/incidents/" + encoded(opened);
    await(path, json -> json.at("/notifications/0/status").asText().equals("delivered"));
    assertThat(notifier.received()).hasSize(1);

    server.close();
    service.close();
    start(List.of());
    windows(12, "south");

    JsonNode later = await(path, json -> seen(json).isAfter(seen(opened)));
    assertThat(later.path("state").asText()).isEqualTo("open");
    assertThat(later.path("occurrences").asInt()).isEqualTo(1);
    assertThat(later.path("firstSeen")).isEqualTo(opened.path("firstSeen"));
    assertThat(types(later))
        .startsWith("opened")
        .doesNotContain("recovering", "recurred", "closed", "reopened");
    assertThat(json(send(request(OPEN))).path("items")).hasSize(1);

    windows(25, "none");
    await(path, json -> types(json).contains("recovering"));
    clock.advance(Duration.ofMinutes(3));
    // Whatever comes in lets the desk look at the clock.
    send(request(path + "/actions").POST(body("{\"action\": \"note\", \"text\": \"mended\"}")));
    await(path, json -> json.path("state").asText().equals("closed"));
    assertThat(json(send(request(OPEN))).path("items")).hasSize(1);
  }

  @WaitingTest
  void stallsOfOneCdn_onAStreamWithADefect_nameTheDefect() throws Exception {
    start(List.of());
    awaitEvent("incident", () -> addDark("main", "\"content\": \"match\""));

    assertThat(stalls().path("message").asText())
        .endsWith("The monitor finds test.dark on main: look at the origin first.");
  }

  @WaitingTest
  void stallsOfOneCdn_afterAShortDefect_nameIt() throws Exception {
    start(List.of());
    sources.on(
        "http://127.0.0.1/briefly.m3u8",
        () ->
            FakeSource.of(true)
                .picture(0, 0)
                .picture(40_000, 0)
                .picture(80_000, 0)
                .picture(120_000, 200)
                .picture(160_000, 200)
                .waits());
    addStream("main", "http://127.0.0.1/briefly.m3u8", "\"content\": \"match\"");
    await(
        "/v1/incidents?kind=test.dark",
        json -> json.at("/items/0/state").asText().equals("recovering"));

    assertThat(stalls().path("message").asText())
        .contains("The monitor found test.dark on main (")
        .endsWith("look at the origin first.");
  }

  @WaitingTest
  void stallsOfOneCdn_beforeADefectOfAnother_areNotItsFault() throws Exception {
    start(List.of());
    awaitEvent("incident", () -> addDark("north", "\"content\": \"match\", \"cdn\": \"north\""));
    addFine("south", "\"content\": \"match\", \"cdn\": \"south\"");
    await("/v1/streams/south", json -> json.path("state").asText().equals("watching"));

    assertThat(stalls().path("message").asText())
        .endsWith("The stream is clean: look at delivery and devices.");
  }

  @WaitingTest
  void stallsOfOneCdn_onAStreamThatNobodyMonitors_sayThat() throws Exception {
    start(List.of());

    assertThat(stalls().path("message").asText())
        .endsWith("The monitor does not watch what they watch.");
  }

  @WaitingTest
  void incidentOfViewers_whenReportsAreNotCollectedAnyMore_isOver() throws Exception {
    start(List.of());
    String path = "/v1/incidents/" + encoded(stalls());
    server.close();
    service.close();
    viewers = "{}";

    start(List.of());

    await(path, json -> json.path("state").asText().equals("closed"));
  }

  /** All that happened to it. */
  private static List<String> types(JsonNode incident) {
    return incident.path("history").findValuesAsText("type");
  }

  private static Instant seen(JsonNode incident) {
    return Instant.parse(incident.path("lastSeen").asText());
  }
}
