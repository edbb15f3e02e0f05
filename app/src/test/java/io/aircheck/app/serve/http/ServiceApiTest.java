package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.ChannelDeclaration;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.RouteSettings;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.TokenSettings;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskClock;
import io.aircheck.storage.files.DiskEvidence;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeNotifier;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceApiTest {
  private static final String DARK = "http://127.0.0.1/dark.m3u8";

  @TempDir private Path folder;

  private final MemoryStore store = new MemoryStore();
  private final FakeSources sources = new FakeSources();
  private final FakeNotifier notifier = new FakeNotifier();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // Every test starts them first.
  private Service service;

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  private final NotifierFactory fakeChannel =
      new NotifierFactory() {
        @Override
        public String type() {
          return "fake";
        }

        @Override
        public List<ChannelSetting> settings() {
          return List.of();
        }

        @Override
        public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
          return notifier;
        }
      };

  private void start(List<TokenSettings> tokens) throws Exception {
    sources.on(
        DARK,
        () ->
            FakeSource.of(true)
                .picture(0, 0)
                .picture(40_000, 0)
                .picture(80_000, 0)
                .picture(120_000, 0)
                .waits());
    ServiceSettings plain = ServiceSettings.DEFAULT;
    ServiceSettings settings =
        new ServiceSettings(
            plain.server(),
            plain.data(),
            plain.store(),
            plain.history(),
            plain.evidence(),
            tokens,
            plain.outbound(),
            plain.policies(),
            plain.grouping(),
            List.of(),
            List.of(),
            Map.of("hook", new ChannelDeclaration("fake", Map.of())),
            List.of(
                new RouteSettings(
                    List.of("hook"),
                    Map.of(),
                    List.of(),
                    Severity.INFO,
                    RouteSettings.DEFAULT_EVENTS,
                    Optional.empty(),
                    false)));
    service =
        new Service(
            settings,
            new Service.Surroundings(
                new DetectorCatalog(List.of(DarkDetector.FACTORY)),
                List.of(),
                new StreamTask.Surroundings(
                    sources,
                    PictureAnalyzers.installed(),
                    SoundAnalyzers.installed(),
                    TaskClock.SYSTEM,
                    new Random(7)),
                new NotifierCatalog(List.of(fakeChannel)),
                store,
                new DiskEvidence(folder.resolve("evidence"), 1_000_000),
                folder.resolve("work"),
                folder.resolve("checks"),
                Map.of(),
                line -> {}));
    server = new HttpServer(service, "127.0.0.1", 0, faults::add);
  }

  @AfterEach
  void stop() {
    server.close();
    service.close();
    client.close();
    assertThat(faults).isEmpty();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.BodyPublisher body(String json) {
    return HttpRequest.BodyPublishers.ofString(json);
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  /** Listens for events until one of a name comes; the data of that one. */
  private JsonNode awaitEvent(String name, Runnable cause) throws Exception {
    return awaitEvent(name, cause, data -> true);
  }

  private JsonNode awaitEvent(String name, Runnable cause, Predicate<JsonNode> wanted)
      throws Exception {
    HttpResponse<InputStream> response =
        client.send(request("/v1/events").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("retry:");
      cause.run();
      while (true) {
        String line = lines.readLine();
        if (("event: " + name).equals(line)) {
          JsonNode data =
              new ObjectMapper().readTree(lines.readLine().substring("data: ".length()));
          if (wanted.test(data)) {
            return data;
          }
        }
      }
    }
  }

  private void addDark() {
    try {
      assertThat(
              send(request("/v1/streams").POST(body("{\"url\": \"" + DARK + "\"}"))).statusCode())
          .isEqualTo(201);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void streams_addressAlone_isWatchedAndItsDefectIsAnIncidentThatIsTold() throws Exception {
    start(List.of());

    JsonNode change = awaitEvent("incident", this::addDark);

    assertThat(change.path("type").asText()).isEqualTo("opened");
    String id = change.path("incident").path("id").asText();
    JsonNode incident = json(send(request("/v1/incidents/" + id)));
    assertThat(incident.path("stream").asText()).isEqualTo("dark");
    assertThat(incident.path("cause").asText()).isEqualTo("test.dark");
    assertThat(incident.path("notifications")).hasSize(1);
    JsonNode streams = json(send(request("/v1/streams"))).path("items");
    assertThat(streams).hasSize(1);
    assertThat(streams.path(0).path("state").asText()).isEqualTo("watching");
    assertThat(streams.path(0).path("severity").asText()).isEqualTo("error");
  }

  @Test
  void incidents_onStreamsOfOneCdn_areOneWithMembers() throws Exception {
    start(List.of());

    JsonNode group =
        awaitEvent(
                "incident",
                this::addThreeOfNorth,
                change -> change.path("incident").path("stream").asText().equals("cdn=north"))
            .path("incident");

    assertThat(group.path("members")).hasSize(3);
    assertThat(group.path("message").asText()).startsWith("3 streams on cdn=north");
    String id = URLEncoder.encode(group.path("id").asText(), StandardCharsets.UTF_8);
    JsonNode members = json(send(request("/v1/incidents?group=" + id))).path("items");
    assertThat(members).hasSize(3);
    assertThat(members)
        .allSatisfy(member -> assertThat(member.path("group")).isEqualTo(group.path("id")));
    JsonNode told = json(send(request("/v1/incidents/" + id))).path("notifications");
    assertThat(told).hasSize(1);
    assertThat(json(send(request("/v1/incidents?group=none"))).path("items")).isEmpty();
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_incidents_open{severity=\"error\"} 3")
        .contains(
            "aircheck_incident_group_streams{label=\"cdn\",value=\"north\",cause=\"test.dark\"} 3");
    assertThat(act(id, "{\"action\": \"close\"}").statusCode()).isEqualTo(200);
    assertThat(json(send(request("/v1/incidents?state=open"))).path("items")).isEmpty();
    assertThat(act(id, "{\"action\": \"reopen\"}").statusCode()).isEqualTo(409);
  }

  private HttpResponse<String> act(String incident, String json) throws Exception {
    return send(request("/v1/incidents/" + incident + "/actions").POST(body(json)));
  }

  private void addThreeOfNorth() {
    try {
      for (String name : List.of("one", "two", "three")) {
        String stream =
            "{\"id\": \"%s\", \"url\": \"%s\", \"labels\": {\"cdn\": \"north\"}}"
                .formatted(name, DARK);
        assertThat(send(request("/v1/streams").POST(body(stream))).statusCode()).isEqualTo(201);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void incidents_acknowledgedByHand_isRecordedWithTheName() throws Exception {
    start(List.of());
    String id = awaitEvent("incident", this::addDark).path("incident").path("id").asText();

    HttpResponse<String> answer =
        send(
            request("/v1/incidents/" + id + "/actions")
                .POST(body("{\"action\": \"acknowledge\", \"by\": \"ada\"}")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("acknowledgement").path("by").asText()).isEqualTo("ada");
  }

  @Test
  void streams_replacedWithOldRevision_isRefused() throws Exception {
    start(List.of());
    HttpRequest.BodyPublisher settings = body("{\"url\": \"" + DARK + "\"}");
    assertThat(send(request("/v1/streams/a").PUT(settings)).statusCode()).isEqualTo(201);
    HttpResponse<String> second = send(request("/v1/streams/a").PUT(settings));
    assertThat(second.headers().firstValue("ETag")).contains("\"2\"");

    HttpResponse<String> stale =
        send(request("/v1/streams/a").header("If-Match", "\"1\"").PUT(settings));

    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(stale.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void streams_whatIsWrong_isAProblemWithItsPlace() throws Exception {
    start(List.of());

    HttpResponse<String> unknown =
        send(request("/v1/streams").POST(body("{\"url\": \"x\", \"prioritty\": 3}")));
    HttpResponse<String> metadata =
        send(request("/v1/streams").POST(body("{\"url\": \"http://169.254.169.254/x\"}")));
    HttpResponse<String> file =
        send(request("/v1/streams").POST(body("{\"url\": \"/etc/passwd\"}")));
    HttpResponse<String> noJson = send(request("/v1/streams").POST(body("{")));
    HttpResponse<String> large =
        send(request("/v1/streams").POST(body("{\"url\": \"" + "x".repeat(300_000) + "\"}")));

    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(json(unknown).path("detail").asText()).contains("did you mean priority?");
    assertThat(json(unknown).path("pointer").asText()).isEqualTo("/prioritty");
    assertThat(metadata.statusCode()).isEqualTo(422);
    assertThat(json(metadata).path("pointer").asText()).isEqualTo("/url");
    assertThat(file.statusCode()).isEqualTo(422);
    assertThat(noJson.statusCode()).isEqualTo(400);
    assertThat(large.statusCode()).isEqualTo(413);
  }

  @Test
  void streams_whereTheyLeadTo_isHeldToThePolicy() throws Exception {
    start(List.of());
    awaitEvent("incident", this::addDark);

    AddressRule rule = sources.requests().getFirst().addresses();

    assertThat(rule.refusal("http://169.254.169.254/latest/meta-data")).isPresent();
    assertThat(rule.refusal("/etc/passwd")).isPresent();
    assertThat(rule.refusal(DARK)).isEmpty();
  }

  @Test
  void streams_secretsInSettings_neverComeBack() throws Exception {
    start(List.of());

    HttpResponse<String> created =
        send(
            request("/v1/streams")
                .POST(
                    body(
                        """
                        {"id": "a", "url": "http://127.0.0.1/dark.m3u8?token=t0psecret",
                         "headers": {"Authorization": "Bearer t0psecret"}}
                        """)));

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).doesNotContain("t0psecret");
    assertThat(send(request("/v1/streams")).body()).doesNotContain("t0psecret");
  }

  @Test
  void streams_removed_areGone() throws Exception {
    start(List.of());
    addDark();

    assertThat(send(request("/v1/streams/dark").DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request("/v1/streams/dark")).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/streams/dark").DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void access_tokens_allowWhatTheirRoleDoes() throws Exception {
    start(
        List.of(
            new TokenSettings("wall", Role.VIEWER, "viewer-0123456789"),
            new TokenSettings("boss", Role.ADMIN, "admin-0123456789")));

    assertThat(send(request("/v1/streams")).statusCode()).isEqualTo(401);
    assertThat(send(request("/v1/streams").header("Authorization", "Bearer wrong")).statusCode())
        .isEqualTo(401);
    assertThat(
            send(request("/v1/streams").header("Authorization", "Bearer viewer-0123456789"))
                .statusCode())
        .isEqualTo(200);
    HttpRequest.BodyPublisher settings = body("{\"url\": \"" + DARK + "\"}");
    assertThat(
            send(request("/v1/streams")
                    .header("Authorization", "Bearer viewer-0123456789")
                    .POST(settings))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            send(request("/v1/streams")
                    .header("Authorization", "Bearer admin-0123456789")
                    .POST(settings))
                .statusCode())
        .isEqualTo(201);
    assertThat(send(request("/health")).statusCode()).isEqualTo(200);
  }

  @Test
  void access_pageOfSomebodyElse_isNotTaken() throws Exception {
    start(List.of());

    HttpResponse<String> answer =
        send(
            request("/v1/streams")
                .header("Origin", "https://evil.example.com")
                .POST(body("{\"url\": \"" + DARK + "\"}")));

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void channels_test_tellsWhatTheChannelAnswered() throws Exception {
    start(List.of());

    JsonNode answer =
        json(send(request("/v1/channels/hook/test").POST(HttpRequest.BodyPublishers.noBody())));

    assertThat(answer.path("delivered").asBoolean()).isTrue();
    assertThat(notifier.received()).hasSize(1);
  }

  @Test
  void mutes_added_silenceUntilTheyAreRemoved() throws Exception {
    start(List.of());
    HttpRequest.BodyPublisher mute =
        body("{\"reason\": \"works\", \"streams\": [\"dark\"], \"to\": \"2126-01-01T00:00:00Z\"}");

    HttpResponse<String> added = send(request("/v1/mutes").POST(mute));
    assertThat(added.statusCode()).isEqualTo(201);
    String id = awaitEvent("incident", this::addDark).path("incident").path("id").asText();

    JsonNode incident = json(send(request("/v1/incidents/" + id)));
    assertThat(incident.path("muted").asBoolean()).isTrue();
    assertThat(incident.path("notifications")).isEmpty();
    JsonNode listed = json(send(request("/v1/mutes"))).path("items").path(0);
    assertThat(listed.path("by").asText()).isEqualTo("local");
    String place = added.headers().firstValue("Location").orElseThrow();
    assertThat(send(request(place).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request(place).DELETE()).statusCode()).isEqualTo(404);
    assertThat(json(send(request("/v1/mutes"))).path("items")).isEmpty();
  }

  @Test
  void mutes_endThatHasPassed_isRefused() throws Exception {
    start(List.of());

    HttpResponse<String> refused =
        send(request("/v1/mutes").POST(body("{\"to\": \"2001-01-01T00:00:00Z\"}")));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).path("pointer").asText()).isEqualTo("/to");
  }

  @Test
  void streams_patched_keepWhatIsNotNamed() throws Exception {
    start(List.of());
    HttpRequest.BodyPublisher settings =
        body(
            "{\"url\": \""
                + DARK
                + "\", \"headers\": {\"X-Key\": \"abc\"}, \"labels\": {\"cdn\": \"north\"}}");
    send(request("/v1/streams/a").PUT(settings));

    HttpResponse<String> patched =
        send(
            request("/v1/streams/a")
                .header("If-Match", "\"1\"")
                .method("PATCH", body("{\"name\": \"A\", \"labels\": {\"cdn\": null}}")));

    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(json(patched).path("name").asText()).isEqualTo("A");
    assertThat(json(patched).path("labels")).isEmpty();
    assertThat(service.registry().find("a").orElseThrow().settings().headers())
        .containsEntry("X-Key", "abc");
    assertThat(
            send(request("/v1/streams/a")
                    .header("If-Match", "\"1\"")
                    .method("PATCH", body("{\"name\": \"B\"}")))
                .statusCode())
        .isEqualTo(412);
    assertThat(send(request("/v1/streams/none").method("PATCH", body("{}"))).statusCode())
        .isEqualTo(404);
  }

  @Test
  void writes_sentAgainWithTheirKey_areDoneOnce() throws Exception {
    start(List.of());
    HttpRequest.Builder add =
        request("/v1/streams")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "k1");
    String settings = "{\"url\": \"" + DARK + "\"}";

    HttpResponse<String> first = send(add.POST(body(settings)));
    HttpResponse<String> again = send(add.POST(body(settings)));
    HttpResponse<String> other = send(add.POST(body("{\"url\": \"http://127.0.0.1/other.m3u8\"}")));

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(json(send(request("/v1/streams"))).path("items")).hasSize(1);
  }

  @Test
  void checks_url_givesAReportInEveryFormat() throws Exception {
    start(List.of());
    sources.on(
        "http://127.0.0.1/clip.mp4",
        () -> FakeSource.of(false).picture(0, 0).picture(40_000, 0).picture(80_000, 0));

    HttpResponse<String> asked =
        send(
            request("/v1/checks")
                .header("Content-Type", "application/json")
                .POST(body("{\"url\": \"http://127.0.0.1/clip.mp4\"}")));
    assertThat(asked.statusCode()).isEqualTo(202);
    String location = asked.headers().firstValue("Location").orElseThrow();
    awaitState(location, "finished");

    assertThat(json(send(request(location + "/report?format=json"))).path("findings")).hasSize(1);
    assertThat(send(request(location + "/report?format=text")).body()).contains("test.dark");
    assertThat(send(request(location + "/report?format=junit")).body()).contains("<testsuite");
    assertThat(send(request(location + "/report?format=html")).body()).contains("<html");
    assertThat(send(request(location + "/report?format=pdf")).statusCode()).isEqualTo(400);
    assertThat(send(request(location).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request(location)).statusCode()).isEqualTo(404);
  }

  @Test
  void checks_uploadWithMarkupInItsName_isCalledByItWithoutHarm() throws Exception {
    start(List.of());
    String name = "\"a<script>&b.mp4";

    HttpResponse<String> asked =
        send(
            request("/v1/checks?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .header("Content-Type", "application/octet-stream")
                .POST(body("no media at all")));
    String location = asked.headers().firstValue("Location").orElseThrow();
    awaitState(location, "failed");

    JsonNode report = json(send(request(location + "/report?format=json")));
    assertThat(report.toString()).doesNotContain(folder.toString());
    assertThat(report.path("input").path("uri").asText()).isEqualTo(name);
    assertThat(send(request(location + "/report?format=html")).body())
        .contains("b.mp4: no such input")
        .doesNotContain("a<script>");
  }

  private void awaitState(String location, String state) throws Exception {
    HttpResponse<InputStream> response =
        client.send(request("/v1/events").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      while (!json(send(request(location))).path("state").asText().equals(state)) {
        lines.readLine();
      }
    }
  }

  @Test
  void operation_metricsAndDescription_areServed() throws Exception {
    start(List.of());
    addDark();

    assertThat(send(request("/metrics")).body())
        .contains("aircheck_stream_up{stream=\"dark\"}")
        .endsWith("# EOF\n");
    assertThat(send(request("/openapi.yaml")).body()).startsWith("openapi: 3.1.0");
    assertThat(send(request("/nothing")).statusCode()).isEqualTo(404);
  }

  @Test
  void dashboard_asDelivered_asksForMetricsThatAreServed() throws Exception {
    start(List.of());
    awaitEvent("incident", this::addDark);
    String served = send(request("/metrics")).body();
    JsonNode dashboard =
        new ObjectMapper().readTree(Path.of("..", "docs", "grafana", "aircheck.json").toFile());
    Set<String> asked = new TreeSet<>();
    for (JsonNode expression : dashboard.findValues("expr")) {
      Matcher names = Pattern.compile("\\b(aircheck|process)_\\w+").matcher(expression.asText());
      while (names.find()) {
        asked.add(names.group().replaceFirst("_total$", ""));
      }
    }

    assertThat(asked).hasSizeGreaterThan(8);
    assertThat(asked).allSatisfy(name -> assertThat(served).contains("# TYPE " + name + " "));
    assertThat(served)
        .contains(
            "aircheck_incident_open{stream=\"dark\",cause=\"test.dark\",severity=\"error\"} 1");
  }

  @Test
  void description_pathsAndFields_areThoseOfTheCode() throws Exception {
    start(List.of());
    String id = awaitEvent("incident", this::addDark).path("incident").path("id").asText();
    JsonNode description =
        new ObjectMapper(new YAMLFactory()).readTree(send(request("/openapi.yaml")).body());
    Set<String> described = new TreeSet<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (!method.equals("parameters")) {
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    Set<String> answered = new TreeSet<>(server.answered());
    answered.removeIf(route -> !route.contains("/v1/") && !OPERATION.contains(route));

    assertThat(described).isEqualTo(answered);
    JsonNode schemas = description.path("components").path("schemas");
    assertDescribed(json(send(request("/v1/streams/dark"))), schemas, "Stream", "StreamSettings");
    assertDescribed(
        json(send(request("/v1/incidents"))).path("items").path(0), schemas, "Incident");
    JsonNode details = json(send(request("/v1/incidents/" + id)));
    assertDescribed(details.path("notifications").path(0), schemas, "Notification");
    send(request("/v1/mutes").POST(body("{\"to\": \"2126-01-01T00:00:00Z\"}")));
    assertDescribed(json(send(request("/v1/mutes"))).path("items").path(0), schemas, "Mute");
    assertDescribed(json(send(request("/health"))), schemas, "Health");
    assertDescribed(json(send(request("/nothing"))), schemas, "Problem");
  }

  private static final Set<String> OPERATION =
      Set.of("GET /health", "GET /ready", "GET /metrics", "GET /openapi.yaml");

  /** Every field is in one of the schemas, and what the first of them requires is there. */
  private static void assertDescribed(JsonNode value, JsonNode schemas, String... names) {
    Set<String> known = new TreeSet<>();
    for (String name : names) {
      schemas.path(name).path("properties").fieldNames().forEachRemaining(known::add);
    }
    List<String> fields = new ArrayList<>();
    value.fieldNames().forEachRemaining(fields::add);
    assertThat(known).as(names[0]).containsAll(fields);
    for (JsonNode required : schemas.path(names[0]).path("required")) {
      assertThat(fields).as(names[0]).contains(required.asText());
    }
  }
}
