package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.core.notify.ViewerReach;
import io.aircheck.testkit.WaitingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Viewers beside what the monitor finds: who watches which stream, and who was shown what. */
@Tag("slow")
class JoinApiTest extends ViewerFixture {
  private static final long WINDOW = 10_000;

  @WaitingTest
  void streams_areCountedByTheirLabelOrTheirId() throws Exception {
    start(List.of());
    addFine("one", "\"content\": \"match\"");
    addFine("two", "");
    for (String session : List.of("a", "b", "c")) {
      report(session, "playing", "match", "north");
    }
    report("d", "playing", "two", "north");
    report("e", "playing", "quiz", "north");
    report("f", "playing", "quiz", "north");
    report("g", "playing", "one", "north");
    report("h", "playing", "", "north");
    report("a", "quit", "match", "north");

    // Each report waits a little for those that may have been before it.
    clock.advance(Duration.ofSeconds(5));
    JsonNode items = json("{\"one\": 2, \"two\": 1}");
    JsonNode unmonitored =
        json("[{\"content\": \"quiz\", \"viewers\": 2}, {\"content\": \"one\", \"viewers\": 1}]");
    JsonNode streams =
        await(
            "/v1/viewers/streams",
            json ->
                json.path("items").equals(items)
                    && json.path("unmonitored").equals(unmonitored)
                    && json.path("untold").asLong() == 1);

    assertThat(streams.path("complete").asBoolean()).isTrue();
    JsonNode first = json(send(request("/v1/viewers/streams?limit=1")));
    assertThat(first.path("unmonitored")).hasSize(1);
    assertThat(first.path("moreUnmonitored").asInt()).isEqualTo(1);
    ServiceApiTest.assertDescribed(streams, schemas(), "ViewersOfStreams");
  }

  @WaitingTest
  void incidentOfAStream_tellsWhoWasShownItAndWhatBecameOfTheOthers() throws Exception {
    clock.advance(Duration.ofMinutes(-5));
    start(List.of());
    addFine("south", "\"content\": \"match\", \"cdn\": \"south\"");
    JsonNode found = awaitEvent("incident", this::addDarkNorth).path("incident");
    // The windows that it touches; all else is placed by them.
    long from = window(millis(found, "firstSeen"));
    long to = window(millis(found, "lastSeen") - 1) + WINDOW;
    long span = to - from;

    at(from - 30_000);
    for (String session : List.of("stays", "leaves", "left")) {
      report(session, "playing", "match", "north");
    }
    for (String session : List.of("other", "another")) {
      report(session, "playing", "match", "south");
    }
    report("elsewhere", "playing", "quiz", "north");
    at(from - 1_000);
    report("left", "quit", "match", "north");
    at(from + 2_000);
    report("stays", "rebuffering", "match", "north");
    at(from + 5_000);
    report("stays", "playing", "match", "north");
    at(to - 4_000);
    report("leaves", "quit", "match", "north");
    at(to + 1_000);
    report("late", "playing", "match", "north");
    at(to + 20_000);
    report("stays", "playing", "match", "north");
    report("late", "playing", "match", "north");
    for (String session : List.of("other", "another")) {
      report(session, "playing", "match", "south");
    }

    clock.advance(Duration.ofSeconds(5));
    String path = "/v1/incidents/" + encoded(found);
    // Counted when all that the windows hold has been taken in.
    JsonNode shown =
        await(
                path,
                json ->
                    json.at("/viewers/exposed/watchedMillis").asLong() == 2 * span - 4_000
                        && json.at("/viewers/others/watchedMillis").asLong() == 2 * span)
            .path("viewers");
    assertThat(shown.path("viewers").asLong()).isEqualTo(2);
    assertThat(shown.path("viewerMinutes").asDouble())
        .isCloseTo((2 * span - 4_000) / 60_000.0, within(0.051));
    assertThat(shown.path("leftPercent").asDouble()).isEqualTo(50);
    assertThat(shown.at("/exposed/stalls").asLong()).isEqualTo(1);
    assertThat(shown.at("/exposed/stalledMillis").asLong()).isEqualTo(3_000);
    assertThat(shown.path("otherViewers").asLong()).isEqualTo(2);
    assertThat(shown.path("othersLeftPercent").asDouble()).isZero();
    assertThat(shown.at("/others").has("stalls")).isFalse();
    assertThat(shown.path("complete").asBoolean()).isTrue();
    JsonNode listed = json(send(request("/v1/incidents"))).path("items").path(0);
    assertThat(listed.path("viewers")).isEqualTo(shown);
    assertThat(listed.path("viewersHit").asLong()).isEqualTo(2);
    ServiceApiTest.assertDescribed(listed, schemas(), "Incident");
    ServiceApiTest.assertDescribed(shown, schemas(), "Exposure");

    isLeftWithTheEvidence(path, shown);
  }

  @WaitingTest
  void notification_ofAStream_saysHowManyWatchIt() throws Exception {
    start(List.of());
    for (String session : List.of("a", "b", "c")) {
      report(session, "playing", "match", "north");
    }
    report("d", "playing", "quiz", "north");
    clock.advance(Duration.ofSeconds(5));
    await("/v1/viewers/streams", json -> json.at("/unmonitored/0/viewers").asLong() == 3);

    awaitEvent("notification", this::addDarkNorth);

    ViewerReach reach = notifier.attempts().getFirst().reach();
    assertThat(reach.watching()).hasValue(3);
  }

  /** Once it is over and can change no more. */
  private void isLeftWithTheEvidence(String path, JsonNode shown) throws Exception {
    send(request(path + "/actions").POST(body("{\"action\": \"close\"}")));
    String kept = path + "/evidence/viewers.json";
    JsonNode evidence =
        await(
            kept,
            json -> {
              clock.advance(Duration.ofMinutes(1));
              return json.has("viewers");
            });
    assertThat(evidence).isEqualTo(shown);
    server.close();
    service.close();
    start(List.of());
    JsonNode later = json(send(request(path)));
    assertThat(later.path("viewers")).as("known after a restart").isEqualTo(shown);
    assertThat(later.path("viewersHit").asLong()).isEqualTo(2);
  }

  @WaitingTest
  void incidents_byViewers_areThoseThatHitMostFirst() throws Exception {
    clock.advance(Duration.ofMinutes(-5));
    start(List.of());
    List<String> contents = List.of("few", "many", "some");
    long earliest = Long.MAX_VALUE;
    long latest = 0;
    for (String content : contents) {
      JsonNode found = awaitEvent("incident", () -> addDark(content, "")).path("incident");
      earliest = Math.min(earliest, millis(found, "firstSeen"));
      latest = Math.max(latest, millis(found, "lastSeen"));
    }
    List<Integer> viewers = List.of(1, 3, 2);
    for (long at = earliest - 15_000; at < latest + 60_000; at += 30_000) {
      at(at);
      everybody(contents, viewers);
    }
    clock.advance(Duration.ofSeconds(5));

    JsonNode listed =
        await(
            "/v1/incidents?order=viewers",
            json ->
                json.path("items").findValuesAsText("viewersHit").equals(List.of("3", "2", "1")));

    assertThat(listed.path("items").findValuesAsText("stream"))
        .containsExactly("many", "some", "few");
    assertThat(
            json(send(request("/v1/incidents?order=viewers&limit=1&stream=few&stream=some")))
                .path("items")
                .findValuesAsText("stream"))
        .containsExactly("some");
    assertThat(json(send(request("/v1/incidents"))).path("items").findValuesAsText("stream"))
        .as("the most recently opened first")
        .containsExactly("some", "many", "few");
    assertThat(send(request("/v1/incidents?order=viewers&state=closed")).statusCode())
        .isEqualTo(400);
    assertThat(send(request("/v1/incidents?order=viewers&cursor=a")).statusCode()).isEqualTo(400);
    assertThat(send(request("/v1/incidents?order=luck")).statusCode()).isEqualTo(400);
  }

  private void everybody(List<String> contents, List<Integer> viewers) throws Exception {
    for (int i = 0; i < contents.size(); i++) {
      for (int viewer = 0; viewer < viewers.get(i); viewer++) {
        report(contents.get(i) + viewer, "playing", contents.get(i), "north");
      }
    }
  }

  private void addDarkNorth() {
    addDark("north", "\"content\": \"match\", \"cdn\": \"north\"");
  }

  private static long window(long millis) {
    return Math.floorDiv(millis, WINDOW) * WINDOW;
  }

  private static long millis(JsonNode incident, String field) {
    return Instant.parse(incident.path(field).asText()).toEpochMilli();
  }
}
