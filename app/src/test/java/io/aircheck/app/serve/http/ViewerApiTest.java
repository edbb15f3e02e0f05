package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.TokenSettings;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.testkit.WaitingTest;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of players over HTTP, and what is answered of them. */
@Tag("slow")
class ViewerApiTest extends ViewerFixture {
  private static final Path CAPTURED =
      Path.of("../components/experience/src/test/resources/io/aircheck/experience/captured");

  private final long base = System.currentTimeMillis();

  /** Players go by the clock of the machine, as it is when all is well. */
  @Override
  InstantSource clock() {
    return InstantSource.system();
  }

  @WaitingTest
  void capturedPlayers_areKnownAgainAfterAKill() throws Exception {
    start(List.of());
    String range = "&from=" + time(Instant.now().minusSeconds(600)) + "&to=" + time(inAMinute());
    for (String run : List.of("hls.js-1.7.4", "dash.js-5.2.1", "shaka-5.2.12")) {
      byte[] body = Files.readAllBytes(CAPTURED.resolve(run + "-preloaded.cmcd"));
      HttpResponse<String> answer =
          send(
              request("/v1/viewers/reports?player=" + run)
                  .header("Content-Type", "application/cmcd")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
      assertThat(answer.statusCode()).isEqualTo(204);
    }
    send(plain("quits", "starting", 30_000));
    send(plain("quits", "playing", 29_000));
    send(plain("quits", "quit", 2_500));
    String question = "/v1/viewers?by=player" + range;
    JsonNode unknown = json("{\"player\": \"\"}");
    Predicate<JsonNode> quit = json -> json.path("rows").size() == 4 && ended(json, unknown) == 1;
    JsonNode before = await(question, quit);

    Service killed = service;
    HttpServer deaf = server;
    HttpRequest.Builder asked = request(question);
    folder = copied(folder.resolve("viewers"));
    start(List.of());
    // Views that go on are told window by window: both are asked until both have come as far.
    JsonNode after = await(question, json -> quit.test(json) && isAlike(json, answer(asked)));
    assertThat(after.path("complete").asBoolean()).isTrue();
    for (String part : List.of("sums", "ratios", "hitSessions")) {
      assertThat(row(after, unknown).path(part))
          .as("of a view that is over " + part)
          .isEqualTo(row(before, unknown).path(part));
    }
    deaf.close();
    killed.close();
  }

  @WaitingTest
  void sumsSeriesAndSession_ofAViewer_areWhatWasReported() throws Exception {
    start(List.of());
    reportAViewing("s1", "north");
    reportAViewing("s2", "south");
    JsonNode sums = await("/v1/viewers?by=cdn&where=content=channel-1", ended(2));
    assertThat(sums.path("rows")).hasSize(2);
    JsonNode south = row(sums, json("{\"cdn\": \"south\"}"));
    assertThat(south.at("/sums/views").asLong()).isEqualTo(1);
    assertThat(south.at("/sums/startupMillis").asLong()).isEqualTo(2_000);
    assertThat(south.at("/sums/stalls").asLong()).isEqualTo(1);
    assertThat(south.at("/sums/stalledMillis").asLong()).isEqualTo(4_000);
    assertThat(south.at("/ratios/rebufferingPercent").asDouble()).isEqualTo(100.0 * 4 / 26);
    assertThat(south.at("/hitSessions").asInt()).isEqualTo(1);
    JsonNode whole = json(send(request("/v1/viewers")));
    assertThat(whole.at("/rows/0/sums/views").asLong()).isEqualTo(2);
    assertThat(whole.at("/rows/0/percentiles/startupMillis/p50").asDouble())
        .isBetween(1980., 2020.);
    assertThat(whole.at("/rows/0/sessionEstimate").asLong()).isEqualTo(2);

    JsonNode series = json(send(request("/v1/viewers/series?by=cdn&measure=stalls&measure=views")));
    assertThat(series.path("stepSeconds").asInt()).isEqualTo(10);
    assertThat(series.path("rows")).hasSize(2);
    for (JsonNode row : series.path("rows")) {
      JsonNode stalls = row.at("/measures/stalls");
      assertThat(stalls).hasSameSizeAs(series.path("times"));
      double total = 0;
      for (JsonNode value : stalls) {
        total += value.asDouble();
      }
      assertThat(total).isEqualTo(1);
    }

    JsonNode session = json(send(request("/v1/viewers/sessions/s1")));
    assertThat(session.path("open").asBoolean()).isFalse();
    assertThat(session.path("ended").asText()).isEqualTo("quit");
    assertThat(session.at("/attributes/cdn").asText()).isEqualTo("north");
    assertThat(session.at("/sums/playingMillis").asLong()).isEqualTo(20_000);
    assertThat(session.at("/score/failure").asDouble()).isEqualTo(100);

    JsonNode schemas = schemas();
    ServiceApiTest.assertDescribed(whole, schemas, "ViewerSums");
    ServiceApiTest.assertDescribed(whole.at("/rows/0"), schemas, "ViewerCell");
    ServiceApiTest.assertDescribed(series, schemas, "ViewerSeries");
    ServiceApiTest.assertDescribed(session, schemas, "ViewerSession");
  }

  @Test
  void questionsThatCannotBeAnswered_areRefusedWithTheWay() throws Exception {
    start(List.of());
    HttpResponse<String> together = send(request("/v1/viewers?by=rendition&by=device"));
    assertThat(together.statusCode()).isEqualTo(422);
    assertThat(together.body()).contains("content+cdn+country", "cdn+country+device");
    assertThat(send(request("/v1/viewers?where=cdn")).statusCode()).isEqualTo(400);
    assertThat(send(request("/v1/viewers/series?measure=joy")).statusCode()).isEqualTo(400);
    assertThat(send(request("/v1/viewers/series?step=7")).statusCode()).isEqualTo(400);
    assertThat(send(request("/v1/viewers/sessions/nobody")).statusCode()).isEqualTo(404);
  }

  /** What players make up may mean something in an address; erasing is a promise for all of it. */
  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", ".", "a/timeline", "50%", "a b+c", "a;b=c?d#e", "é"})
  void sessionOfAnyId_isReadAndErased(String id) throws Exception {
    start(List.of());
    reportAViewing(id, "north");
    reportAViewing("a", "north");
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    String path = "/v1/viewers/sessions/" + encoded.replace(".", "%2E");
    String argument = "/v1/viewers/session?id=" + encoded;

    assertThat(json(send(request(path))).path("id").asText()).isEqualTo(id);
    assertThat(json(send(request(argument))).path("id").asText()).isEqualTo(id);
    for (String timeline :
        List.of(path + "/timeline", "/v1/viewers/session/timeline?id=" + encoded)) {
      assertThat(json(send(request(timeline))).path("views").size()).isEqualTo(1);
    }
    assertThat(send(request(argument).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request(path)).statusCode()).isEqualTo(404);
    reportAViewing(id, "north");
    assertThat(send(request(path).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request(argument)).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/viewers/sessions/a")).statusCode()).isEqualTo(200);
  }

  @Test
  void sessionWithoutAnId_isNotGuessed() throws Exception {
    start(List.of());
    reportAViewing("a", "north");
    assertThat(send(request("/v1/viewers/session").DELETE()).statusCode()).isEqualTo(400);
    assertThat(send(request("/v1/viewers/session/timeline")).statusCode()).isEqualTo(400);
    assertThat(send(request("/v1/viewers/sessions/..").DELETE()).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/viewers/sessions/a")).statusCode()).isEqualTo(200);
  }

  @Test
  void erased_isGone() throws Exception {
    start(List.of());
    reportAViewing("s1", "north");
    assertThat(send(request("/v1/viewers/sessions/s1").DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request("/v1/viewers/sessions/s1")).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/viewers/sessions/s1").DELETE()).statusCode()).isEqualTo(404);
    try (Stream<Path> files = Files.list(folder.resolve("viewers"))) {
      for (Path file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("\"s1\"");
      }
    }
  }

  @Test
  void preflight_isAnsweredAndHoldsForADay() throws Exception {
    start(List.of(new TokenSettings("wall", Role.VIEWER, "viewer-0123456789")));
    HttpResponse<String> preflight =
        send(
            request("/v1/viewers/reports")
                .header("Origin", "https://www.example.com")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(header(preflight, "Access-Control-Allow-Origin"))
        .isEqualTo("https://www.example.com");
    assertThat(header(preflight, "Access-Control-Allow-Methods")).isEqualTo("POST");
    assertThat(header(preflight, "Access-Control-Allow-Headers")).contains("Content-Type");
    assertThat(header(preflight, "Access-Control-Max-Age")).isEqualTo("86400");
    assertThat(header(preflight, "Vary")).contains("Origin");
    HttpResponse<String> post =
        send(plain("s1", "playing", 0).header("Origin", "https://www.example.com"));
    assertThat(post.statusCode()).as("without a token").isEqualTo(204);
    assertThat(header(post, "Access-Control-Allow-Origin")).isEqualTo("https://www.example.com");
    assertThat(send(request("/v1/viewers")).statusCode()).as("with one").isEqualTo(401);
    assertThat(
            send(request("/v1/viewers/sessions/s1")
                    .header("Authorization", "Bearer viewer-0123456789")
                    .DELETE())
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void pageThatMayNotReport_isRefused() throws Exception {
    viewers = "{\"enabled\": true, \"origins\": [\"https://ours.example.com\"]}";
    start(List.of());
    assertThat(
            send(plain("s1", "playing", 0).header("Origin", "https://ours.example.com"))
                .statusCode())
        .isEqualTo(204);
    HttpResponse<String> refused =
        send(plain("s1", "playing", 0).header("Origin", "https://theirs.example.com"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_viewer_bodies_refused_total{reason=\"origin\"} 1");
  }

  @Test
  void floodOfOneSender_leavesAnotherItsAnswers() throws Exception {
    viewers =
        "{\"enabled\": true, \"reportsPerSecond\": 1, \"addressHeader\": \"X-Forwarded-For\"}";
    start(List.of());
    HttpRequest.Builder flood =
        plain("flood", "playing", 0).header("X-Forwarded-For", "10.0.0.1, 192.0.2.1");
    HttpResponse<String> last = send(flood);
    for (int i = 0; i < 100 && last.statusCode() == 204; i++) {
      last = send(flood);
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(header(last, "Retry-After"))).isBetween(1, 11);
    assertThat(json(last).path("status").asInt()).isEqualTo(429);
    assertThat(
            send(plain("other", "playing", 0).header("X-Forwarded-For", "10.0.0.1, 192.0.2.2"))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void switchedOff_isNotThere() throws Exception {
    viewers = "{}";
    start(List.of());
    assertThat(send(plain("s1", "playing", 0)).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/viewers")).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/viewers/sessions/s1")).statusCode()).isEqualTo(404);
    assertThat(folder.resolve("viewers")).doesNotExist();
    assertThat(send(request("/metrics")).body()).doesNotContain("aircheck_viewer_");
  }

  @Test
  void retired_tellsPlayersToStop() throws Exception {
    start(List.of());
    assertThat(send(plain("s1", "playing", 0)).statusCode()).isEqualTo(204);
    viewers = "{\"enabled\": true, \"retired\": true}";
    service.reload(withViewers(service.settings(), viewers()));
    assertThat(send(plain("s1", "playing", 0)).statusCode()).isEqualTo(410);
    assertThat(send(request("/v1/viewers/sessions/s1")).statusCode()).isEqualTo(200);
  }

  @Test
  void bodiesThatAreNotTaken_areToldWhyAndCounted() throws Exception {
    viewers = "{\"enabled\": true, \"maxBodyBytes\": \"1KB\", \"path\": \"/r\"}";
    start(List.of());
    assertThat(
            send(request("/r")
                    .header("Content-Type", "application/cmcd")
                    .POST(body("x".repeat(2000))))
                .statusCode())
        .isEqualTo(413);
    assertThat(send(request("/r").header("Content-Type", "image/png").POST(body("x"))).statusCode())
        .isEqualTo(415);
    assertThat(
            send(request("/r").header("Content-Type", "text/plain").POST(body("nonsense")))
                .statusCode())
        .as("nothing would be better the next time")
        .isEqualTo(204);
    assertThat(
            send(request("/r")
                    .header("Content-Type", "text/plain")
                    .POST(body("{\"event\":\"playing\",\"sessionId\":\"e1\",\"timestamp\":-1}")))
                .statusCode())
        .isEqualTo(204);
    assertThat(send(request("/v1/viewers/sessions/e1")).statusCode()).isEqualTo(200);
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_viewer_bodies_refused_total{reason=\"too_large\"} 1")
        .contains("aircheck_viewer_bodies_refused_total{reason=\"unsupported\"} 1")
        .contains("aircheck_viewer_reports_taken_total 1")
        .contains("aircheck_viewer_sessions 1");
  }

  @Test
  void viewerWhoOptedOut_leavesNothing() throws Exception {
    start(List.of());
    assertThat(send(plain("s1", "playing", 0).header("Sec-GPC", "1")).statusCode()).isEqualTo(204);
    assertThat(send(request("/v1/viewers/sessions/s1")).statusCode()).isEqualTo(404);
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_viewer_records_rejected_total{reason=\"opted_out\"} 1")
        .contains("aircheck_viewer_journal_bytes 0");
  }

  /** Starts in two seconds, plays eight, stalls four, plays twelve and quits. */
  private void reportAViewing(String session, String cdn) throws Exception {
    String[] states = {"starting", "playing", "rebuffering", "playing", "quit"};
    long[] agoMillis = {36_000, 34_000, 26_000, 22_000, 10_000};
    for (int i = 0; i < states.length; i++) {
      String body =
          "{\"session\":\"%s\",\"sequence\":%d,\"time\":%d,\"state\":\"%s\",\"content\":\"channel-1\"}"
              .formatted(session, i, base - agoMillis[i], states[i]);
      assertThat(
              send(request("/v1/viewers/reports?cdn=" + cdn)
                      .header("Content-Type", "application/json")
                      .POST(body(body)))
                  .statusCode())
          .isEqualTo(204);
    }
  }

  private HttpRequest.Builder plain(String session, String state, long agoMillis) {
    String body =
        "{\"session\":\"%s\",\"time\":%d,\"state\":\"%s\",\"content\":\"channel-1\"}"
            .formatted(session, base - agoMillis, state);
    return request("/v1/viewers/reports")
        .header("Content-Type", "application/json")
        .POST(body(body));
  }

  private JsonNode answer(HttpRequest.Builder request) {
    try {
      return json(send(request));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Whether both count the same of each player. */
  private static boolean isAlike(JsonNode one, JsonNode other) {
    for (JsonNode row : other.path("rows")) {
      JsonNode same = row(one, row.path("values"));
      for (String measure : List.of("views", "plays", "startups", "startupMillis", "stalls")) {
        if (!same.path("sums").path(measure).equals(row.path("sums").path(measure))) {
          return false;
        }
      }
    }
    return other.path("rows").size() == one.path("rows").size();
  }

  private static Predicate<JsonNode> ended(long views) {
    return json -> sum(json, "ended") == views;
  }

  private static long ended(JsonNode json, JsonNode values) {
    return row(json, values).at("/sums/ended").asLong();
  }

  private static long sum(JsonNode json, String measure) {
    long sum = 0;
    for (JsonNode row : json.path("rows")) {
      sum += row.path("sums").path(measure).asLong();
    }
    return sum;
  }

  private static JsonNode row(JsonNode json, JsonNode values) {
    for (JsonNode row : json.path("rows")) {
      if (row.path("values").equals(values)) {
        return row;
      }
    }
    throw new AssertionError("no row of " + values + " in " + json);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static Instant inAMinute() {
    return Instant.now().plusSeconds(60);
  }

  private static String time(Instant instant) {
    return URLEncoder.encode(instant.toString(), StandardCharsets.UTF_8);
  }

  /** A data folder with what is in the files of reports now, as a kill leaves it. */
  private Path copied(Path reports) throws Exception {
    Path killed = folder.resolve("killed");
    Path copy = Files.createDirectories(killed.resolve("viewers"));
    try (Stream<Path> files = Files.list(reports)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return killed;
  }

  private static ServiceSettings withViewers(ServiceSettings now, ViewerSettings viewers) {
    return new ServiceSettings(
        now.server(),
        now.data(),
        now.store(),
        now.history(),
        now.evidence(),
        now.tokens(),
        now.outbound(),
        now.policies(),
        now.grouping(),
        now.isolation(),
        now.capacity(),
        now.prices(),
        Optional.empty(),
        viewers,
        now.streams(),
        now.mutes(),
        now.channels(),
        now.routes());
  }
}
