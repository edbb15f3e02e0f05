package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.cost.RunningCost;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.media.AddressRule;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams over HTTP. */
@Tag("slow")
class StreamApiTest extends ApiFixture {
  private static final int MOST_MEASUREMENTS = 100;

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

  private void fillMachine(String whenFull) throws Exception {
    start(List.of());
    ServiceSettings now = service.settings();
    JsonNode yaml =
        new ObjectMapper()
            .readTree(
                "{\"capacity\": {\"share\": 0.000001}, \"policies\": {\"default\": {\"whenFull\": \"%s\"}}}"
                    .formatted(whenFull));
    ServiceSettings tight = SettingsReader.read(yaml, ServiceSettings.class);
    service.reload(
        new ServiceSettings(
            now.server(),
            now.data(),
            now.store(),
            now.history(),
            now.evidence(),
            now.tokens(),
            now.outbound(),
            tight.policies(),
            now.grouping(),
            tight.isolation(),
            tight.capacity(),
            now.prices(),
            Optional.empty(),
            now.viewers(),
            now.streams(),
            now.mutes(),
            now.channels(),
            now.routes()));
    // Measurements in each of which something was used. One of the service's own may come in
    // between and leave nothing for the next.
    for (int i = 0; i < MOST_MEASUREMENTS && !service.streams().watch().full(); i++) {
      work();
      service.streams().watch().rebalance();
    }
    assertThat(service.streams().watch().full()).isTrue();
  }

  private static void work() {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long end = process.getProcessCpuTime() + 20_000_000;
    while (process.getProcessCpuTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void streams_addedToAFullMachine_waitAndAreCounted() throws Exception {
    fillMachine("wait");

    addDark();

    JsonNode stream = json(send(request("/v1/streams/dark")));
    assertThat(stream.path("state").asText()).isEqualTo("waiting");
    assertThat(stream.path("problem").asText()).contains("machine is full");
    assertThat(sources.opened()).isEmpty();
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_stream_waiting{stream=\"dark\"} 1")
        .contains("aircheck_usage_cpu_seconds_total ")
        .contains("aircheck_full 1");
  }

  @Test
  void streams_addedToAFullMachineThatRefuses_areRefused() throws Exception {
    fillMachine("refuse");

    HttpResponse<String> refused =
        send(request("/v1/streams").POST(body("{\"url\": \"" + DARK + "\"}")));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(json(refused).path("detail").asText()).contains("machine is full");
    assertThat(
            send(request("/v1/streams/dark").PUT(body("{\"url\": \"" + DARK + "\"}"))).statusCode())
        .isEqualTo(503);
    assertThat(send(request("/v1/streams/dark")).statusCode()).isEqualTo(404);
  }

  @Test
  void streams_howCloselyTheyAreWatched_isSaid() throws Exception {
    start(List.of());
    awaitEvent("incident", this::addDark);

    HttpResponse<String> patched =
        send(request("/v1/streams/dark").method("PATCH", body("{\"watching\": \"light\"}")));
    HttpResponse<String> wrong =
        send(request("/v1/streams/dark").method("PATCH", body("{\"watching\": \"dim\"}")));

    assertThat(json(patched).path("watching").asText()).isEqualTo("light");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(json(wrong).path("detail").asText()).contains("full, light, auto");
    // One rendition: there is nothing that could be left out.
    assertThat(json(send(request("/v1/streams/dark"))).path("depth").asText()).isEqualTo("full");
  }

  @Test
  void streams_whatTheyCost_isSaidOnceItWasMeasured() throws Exception {
    start(List.of());
    awaitEvent("incident", this::addDark);
    WatchedStream stream = service.streams().registry().find("dark").orElseThrow();

    RunningCost cost = RunningCost.of(0.3, 0.06, service.prices());
    JsonNode measured =
        StreamJson.of(stream, StreamStatus.IDLE, List.of(), Set.of(), Optional.of(cost))
            .path("cost");

    assertThat(measured.path("perHour").asDouble()).isEqualTo(cost.perHour());
    assertThat(measured.path("currency").asText()).isEqualTo("USD");
    assertThat(measured.path("cores").asDouble()).isEqualTo(0.3);
    assertThat(json(send(request("/v1/streams/dark"))).has("cost")).isFalse();
  }

  @Test
  void cost_ofWhatWasWatched_isMadeOfWhatWasMetered() throws Exception {
    start(List.of());
    assertThat(json(send(request("/v1/cost"))).path("streamHours").asDouble()).isZero();

    awaitEvent("incident", this::addDark);
    work();
    JsonNode cost = json(send(request("/v1/cost")));

    double hours = cost.path("streamHours").asDouble();
    assertThat(hours).isPositive();
    assertThat(cost.at("/prices/date").asText()).isEqualTo("2026-11-22");
    double sum = 0;
    for (JsonNode item : cost.at("/perStreamHour/items")) {
      sum += item.path("cost").asDouble();
      double paid = item.path("paid").asDouble();
      assertThat(item.path("cost").asDouble())
          .isCloseTo(paid * item.path("unitPrice").asDouble(), withinPercentage(0.001));
    }
    assertThat(cost.at("/perStreamHour/items/0/quantity").asText()).isEqualTo("cpuSeconds");
    assertThat(cost.at("/perStreamHour/cost").asDouble()).isCloseTo(sum, withinPercentage(0.001));
    assertThat(cost.path("cost").asDouble()).isCloseTo(sum * hours, withinPercentage(0.001));
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
    assertThat(service.streams().registry().find("a").orElseThrow().settings().headers())
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
  void stream_removedByAnEarlierRevision_stays() throws Exception {
    start(List.of());
    HttpRequest.BodyPublisher settings = body("{\"url\": \"" + DARK + "\"}");
    send(request("/v1/streams/a").PUT(settings));
    send(request("/v1/streams/a").PUT(settings));

    HttpResponse<String> refused =
        send(request("/v1/streams/a").header("If-Match", "\"1\"").DELETE());

    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(send(request("/v1/streams/a")).statusCode()).isEqualTo(200);
    assertThat(send(request("/v1/streams/a").header("If-Match", "\"2\"").DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(send(request("/v1/streams/a")).statusCode()).isEqualTo(404);
  }
}
