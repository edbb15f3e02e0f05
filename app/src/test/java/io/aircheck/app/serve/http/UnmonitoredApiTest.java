package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.WaitingTest;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;

/** What viewers watch and no stream of the service shows. */
@Tag("slow")
class UnmonitoredApiTest extends ViewerFixture {
  private static final String TOLD = "/v1/incidents?kind=stream.unmonitored";

  UnmonitoredApiTest() {
    clock.advance(Duration.ofMinutes(-30));
    viewers = "{\"enabled\": true, \"unmonitored\": {\"leastViewers\": 3, \"after\": \"0s\"}}";
  }

  /** What enough viewers watch is watched at once, and left with the last of them. */
  private void watchAt(String url) {
    viewers =
        """
        {"enabled": true, "unmonitored": {"leastViewers": 3, "after": "0s", "watch":
          {"url": "%s", "mostStreams": 1, "leaveAfter": "0s"}}}
        """
            .formatted(url);
  }

  /** So many players say that they do something with a content. */
  private void players(int count, String state, String content) throws Exception {
    StringBuilder lines = new StringBuilder("\n");
    for (int i = 0; i < count; i++) {
      lines.append(line(content + " " + i, state, content, "north"));
    }
    post(lines.toString());
    // Each report waits a little for those that may have been before it.
    clock.advance(Duration.ofSeconds(5));
  }

  private JsonNode told(String state) throws Exception {
    return await(TOLD + "&state=" + state, json -> json.path("items").size() == 1)
        .path("items")
        .path(0);
  }

  private JsonNode awaitStreams(Predicate<JsonNode> wished) throws Exception {
    return await("/v1/streams", json -> wished.test(json.path("items"))).path("items");
  }

  @WaitingTest
  void contentThatManyWatch_isToldUntilItIsMonitored() throws Exception {
    start(List.of());
    players(2, "playing", "small");
    players(3, "playing", "quiz");

    JsonNode told = told("open");

    assertThat(told.path("stream").asText()).isEqualTo("viewers:content:quiz");
    assertThat(told.path("severity").asText()).isEqualTo("warning");
    assertThat(told.path("message").asText())
        .isEqualTo("3 viewers watch quiz, which no stream of the service shows.");
    assertThat(told.at("/measurements/viewers").asInt()).isEqualTo(3);
    addFine("main", "\"content\": \"quiz\"");
    told("recovering");
    assertThat(json(send(request("/v1/viewers/streams"))).at("/items/main").asInt()).isEqualTo(3);
  }

  @WaitingTest
  void contentThatNobodyWatchesAnyMore_isToldNoMore() throws Exception {
    start(List.of());
    players(3, "playing", "quiz");
    told("open");

    players(3, "quit", "quiz");

    told("recovering");
  }

  @WaitingTest
  void incident_overARestart_isTheSame() throws Exception {
    start(List.of());
    players(3, "playing", "quiz");
    JsonNode before = told("open");
    server.close();
    service.close();

    start(List.of());
    players(3, "playing", "quiz");

    JsonNode items =
        await(TOLD, json -> !json.at("/items/0/lastSeen").equals(before.path("lastSeen")))
            .path("items");
    assertThat(items).hasSize(1);
    assertThat(items.at("/0/id")).isEqualTo(before.path("id"));
    assertThat(items.at("/0/state").asText()).isEqualTo("open");
    assertThat(items.at("/0/occurrences").asInt()).isEqualTo(1);
  }

  @WaitingTest
  void contentThatIsToBeWatched_isAddedWithItsOriginAndLeftWithItsViewers() throws Exception {
    String url = "http://127.0.0.1/live/%s/master.m3u8";
    sources.on(
        url.formatted("grand%20prix%2F1"), () -> FakeSource.of(true).picture(0, 200).waits());
    watchAt(url.formatted("{content}"));
    start(List.of());
    players(3, "playing", "grand prix/1");

    JsonNode added =
        awaitStreams(items -> items.at("/0/state").asText().equals("watching")).path(0);

    assertThat(added.path("url").asText()).isEqualTo(url.formatted("grand%20prix%2F1"));
    assertThat(added.path("id").asText()).startsWith("viewed-grand-prix-1-");
    assertThat(added.path("labels"))
        .isEqualTo(json("{\"addedBy\": \"viewers\", \"content\": \"grand prix/1\"}"));
    assertThat(added.path("declaredIn").asText()).isEqualTo("api");
    assertThat(json(send(request("/v1/viewers/streams"))).path("unmonitored")).isEmpty();

    players(3, "playing", "quiz");
    assertThat(told("open").path("message").asText())
        .isEqualTo(
            "3 viewers watch quiz, which no stream of the service shows. It is not watched now:"
                + " no more than 1 are watched for viewers"
                + " (viewers.unmonitored.watch.mostStreams).");

    players(3, "quit", "grand prix/1");
    awaitStreams(JsonNode::isEmpty);
    clock.advance(Duration.ofSeconds(61));
    awaitStreams(items -> items.at("/0/id").asText().equals("viewed-quiz"));
    told("recovering");
  }

  @WaitingTest
  void streamWithoutTheLabel_isSomebodysOwnAndStays() throws Exception {
    watchAt("http://127.0.0.1/{content}.m3u8");
    start(List.of());
    players(3, "playing", "quiz");
    awaitStreams(items -> items.size() == 1);
    send(
        request("/v1/streams/viewed-quiz")
            .method("PATCH", body("{\"labels\": {\"addedBy\": null}}")));
    players(3, "playing", "other");
    awaitStreams(items -> items.size() == 2);

    players(3, "quit", "quiz");
    players(3, "quit", "other");

    assertThat(awaitStreams(items -> items.size() == 1).at("/0/id").asText())
        .isEqualTo("viewed-quiz");
  }

  @WaitingTest
  void contentsThatCouldLeadElsewhere_areToldAndNotWatched() throws Exception {
    watchAt("http://127.0.0.1/live/{content}/master.m3u8");
    start(List.of());
    for (String hostile : List.of("../../admin", "x@example.com/..", "${AIRCHECK_TOKEN}")) {
      players(3, "playing", hostile);
    }

    JsonNode told = await(TOLD, json -> json.path("items").size() == 3).path("items");

    assertThat(told)
        .allSatisfy(
            one ->
                assertThat(one.path("message").asText())
                    .endsWith("It is not watched now: its id is not put into addresses."));
    assertThat(json(send(request("/v1/streams"))).path("items")).isEmpty();
  }

  @WaitingTest
  void addressThatIsNotAllowed_isToldAndNotWatched() throws Exception {
    watchAt("http://169.254.169.254/{content}");
    start(List.of());
    players(3, "playing", "latest");

    assertThat(told("open").path("message").asText())
        .contains("It is not watched now: http://169.254.169.254/latest");
    assertThat(json(send(request("/v1/streams"))).path("items")).isEmpty();
  }
}
