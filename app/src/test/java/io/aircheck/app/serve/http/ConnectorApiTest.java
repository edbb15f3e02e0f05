package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.testkit.WaitingTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ConnectorApiTest extends ViewerFixture {
  private final List<String> posted = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init") // Every test starts it first.
  private HttpServer receiver;

  private volatile int status = 200;

  @BeforeEach
  void receive() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int answer = status;
            if (answer == 200) {
              posted.add(body);
            }
            exchange.sendResponseHeaders(answer, -1);
          }
        });
    receiver.start();
    viewers =
        """
        {"enabled": true, "connectors": [
          {"name": "hook", "type": "webhook", "url": "http://127.0.0.1:%d/in?key=hunter2hunter2",
           "send": ["sums", "sessions"], "window": "10s", "settleFor": "10s"}]}
        """
            .formatted(receiver.getAddress().getPort());
  }

  @AfterEach
  void stopReceiving() {
    receiver.stop(0);
  }

  private List<JsonNode> events(String type) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String body : posted) {
      for (JsonNode event : json(body)) {
        if (event.path("type").asText().equals("io.aircheck.viewers." + type)) {
          events.add(event);
        }
      }
    }
    return events;
  }

  private void watchAndLeave() throws Exception {
    long start = Math.ceilDiv(clock.millis() + 1000, 10_000) * 10_000;
    at(start);
    report("a", "starting", "news", "north");
    at(start + 1_000);
    report("a", "playing", "news", "north");
    at(start + 5_000);
    report("a", "quit", "news", "north");
    at(start + 60_000);
  }

  @Test
  void connectors_areAmongWhatIsKept_withoutSecrets() throws Exception {
    start(List.of());
    JsonNode kept = json(send(request("/v1/viewers/definitions"))).path("kept");
    assertThat(kept.path("connectors"))
        .isEqualTo(
            json(
                """
                [{"name": "hook", "type": "webhook", "to": "127.0.0.1", "send": ["sums", "sessions"],
                  "sessionIds": false, "mostWaiting": 100000}]
                """));
    ServiceApiTest.assertDescribed(kept, schemas().at("/ViewerDefinitions/properties"), "kept");
  }

  @WaitingTest
  void connector_tellsSumsAndSessions() throws Exception {
    start(List.of());
    watchAndLeave();

    JsonNode connectors =
        await(
            "/v1/viewers/connectors",
            answer ->
                answer.at("/items/0/sent").asInt() == 3
                    && answer.at("/items/0/waiting").asInt() == 0);

    JsonNode one = connectors.at("/items/0");
    assertThat(one.path("name").asText()).isEqualTo("hook");
    assertThat(one.path("state").asText()).isEqualTo("ok");
    for (JsonNode required : schemas().at("/ViewerConnector/required")) {
      assertThat(one.has(required.asText())).as(required.asText()).isTrue();
    }
    assertThat(events("sums"))
        .extracting(event -> event.at("/data/grouping").asText())
        .containsExactlyInAnyOrder("(all)", "content");
    JsonNode session = events("sessions").getFirst();
    assertThat(session.at("/data/content").asText()).isEqualTo("news");
    assertThat(session.at("/data/reason").asText()).isEqualTo("quit");
    assertThat(session.at("/data/sums/playingMillis").asInt()).isEqualTo(4_000);
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_viewer_connector_ok{connector=\"hook\"} 1")
        .contains("aircheck_viewer_connector_sent_total{connector=\"hook\"} 3")
        .contains("aircheck_viewer_usage_web_calls_total " + posted.size() + ".000\n");
    assertThat(json(send(request("/v1/cost"))).at("/viewers/items").findValuesAsText("quantity"))
        .contains("webCalls");
  }

  @WaitingTest
  void connector_receiverIsBusy_saysSoWithoutSecrets_andHasItWhenItGoesOn() throws Exception {
    status = 503;
    start(List.of());
    watchAndLeave();

    JsonNode waiting =
        await(
            "/v1/viewers/connectors",
            answer -> answer.at("/items/0/state").asText().equals("waiting"));
    assertThat(waiting.toString()).contains("127.0.0.1 answers 503").doesNotContain("hunter2");
    status = 200;

    await("/v1/viewers/connectors", answer -> answer.at("/items/0/sent").asInt() == 3);
    assertThat(events("sessions")).hasSize(1);
  }

  @WaitingTest
  void connector_startsAgain_tellsWhatWasNotTold() throws Exception {
    status = 503;
    start(List.of());
    watchAndLeave();
    await(
        "/v1/viewers/connectors",
        answer ->
            answer.at("/items/0/state").asText().equals("waiting")
                && answer.at("/items/0/waiting").asInt() == 1);
    server.close();
    service.close();
    status = 200;

    start(List.of());

    await("/v1/viewers/connectors", answer -> answer.at("/items/0/sent").asInt() == 3);
    assertThat(events("sessions")).hasSize(1);
    assertThat(events("sums")).hasSize(2);
  }

  @WaitingTest
  void metrics_haveCountersByContent() throws Exception {
    start(List.of());
    watchAndLeave();
    at(clock.millis() + 120_000);

    String wanted = "aircheck_viewers_playing_seconds_total{content=\"news\"} 4.000";
    Instant end = Instant.now().plusSeconds(30);
    String metrics = send(request("/metrics")).body();
    while (!metrics.contains(wanted) && Instant.now().isBefore(end)) {
      metrics = send(request("/metrics")).body();
    }

    assertThat(metrics)
        .contains(wanted)
        .contains("aircheck_viewers_views_total{content=\"news\"} 1")
        .contains("# TYPE aircheck_viewers_watching gauge");
    String served = metrics;
    assertThat(Dashboard.families("aircheck-viewers.json"))
        .hasSizeGreaterThan(15)
        .allSatisfy(name -> assertThat(served).contains("# TYPE " + name + " "));
  }

  @Test
  void connectors_nothingIsCollected_areNotThere() throws Exception {
    viewers = "{\"enabled\": false}";
    start(List.of());

    assertThat(send(request("/v1/viewers/connectors")).statusCode()).isEqualTo(404);
  }
}
