package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.testkit.MmdbFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Request logs that are pushed, and one in a file. */
@Tag("slow")
class LogApiTest extends ViewerFixture {
  private static final String TOKEN = "pushes-0123456789";
  private static final String OTHER_TOKEN = "others-0123456789";
  private static final String SWEDE = "198.51.100.77";

  @BeforeEach
  void configure() throws Exception {
    Path places = folder.resolve("places.mmdb");
    MmdbFile.of("Places")
        .with("198.51.100.0/24", Map.of("country", Map.of("iso_code", "SE")))
        .write(places);
    viewers =
        """
        {"enabled": true, "locations": ["%s"], "logs": [
          {"name": "pushed", "format": "json", "attributes": {"cdn": "north"}, "http": true, "token": "%s"},
          {"name": "other", "format": "akamai", "http": true, "token": "%s"},
          {"name": "edge", "format": "json", "attributes": {"cdn": "own"}, "file": "%s"}]}
        """
            .formatted(places, TOKEN, OTHER_TOKEN, file());
  }

  private Path file() {
    return folder.resolve("access.log");
  }

  private String line(String session, String content, String more) {
    return """
    {"time":"%d.%03d","host":"cdn.example","url":"/a/1.ts?CMCD=cid%%3D%%22%s%%22%%2Csid%%3D%%22%s%%22%%2Cst%%3Dl","status":200,\
    "address":"%s","userAgent":"Made/77.77"%s}
    """
        .formatted(clock.millis() / 1000, clock.millis() % 1000, content, session, SWEDE, more);
  }

  private HttpResponse<String> push(String log, String authorization, byte[] body)
      throws Exception {
    return send(
        request("/v1/viewers/logs/" + log)
            .header("Authorization", authorization)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private int push(String lines) throws Exception {
    return push("pushed", "Bearer " + TOKEN, lines.getBytes(StandardCharsets.UTF_8)).statusCode();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  /** A session, once its reports have been taken in. */
  private JsonNode session(String id) throws Exception {
    await("/v1/viewers/sessions/" + id, json -> json.has("attributes"));
    clock.advance(Duration.ofSeconds(15));
    return await("/v1/viewers/sessions/" + id, json -> json.at("/attributes/cdn").isTextual());
  }

  private void watch(String session) throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(push(line(session, "channel-1", ""))).isEqualTo(204);
      clock.advance(Duration.ofSeconds(4));
    }
  }

  @Test
  void logs_areAmongWhatIsKept() throws Exception {
    start(List.of());
    JsonNode kept = json(send(request("/v1/viewers/definitions"))).path("kept");
    assertThat(kept.path("logs")).isEqualTo(json("[\"pushed\", \"other\", \"edge\"]"));
  }

  @Test
  void linesThatArePushed_areViewers() throws Exception {
    start(List.of());

    watch("s1");
    session("s1");

    JsonNode answer =
        await(
            "/v1/viewers?by=country&where=content=channel-1",
            json -> json.path("rows").size() == 1);
    assertThat(answer.at("/rows/0/values/country").asText()).isEqualTo("SE");
    assertThat(session("s1").path("attributes").toString())
        .contains("\"cdn\":\"north\"", "\"country\":\"SE\"");
    JsonNode logs = json(send(request("/v1/viewers/logs")));
    assertThat(logs.at("/items/0/lines").asInt()).isEqualTo(4);
    assertThat(logs.at("/items/0/reports").asInt()).isEqualTo(4);
    ServiceApiTest.assertDescribed(logs.at("/items/0"), schemas(), "ViewerLog");
    assertThat(send(request("/metrics")).body())
        .contains(
            "aircheck_viewer_log_lines_total{log=\"pushed\"} 4",
            "aircheck_viewer_log_reports_total{log=\"pushed\"} 4",
            "aircheck_viewer_log_ok{log=\"pushed\"} 1");
  }

  @Test
  void bodyInGzip_isTaken_onceThoughItComesTwice() throws Exception {
    start(List.of());
    byte[] body = gzip(line("s1", "channel-1", "").getBytes(StandardCharsets.UTF_8));

    for (int i = 0; i < 2; i++) {
      assertThat(
              send(request("/v1/viewers/logs/pushed")
                      .header("Authorization", "Bearer " + TOKEN)
                      .header("Content-Encoding", "gzip")
                      .POST(BodyPublishers.ofByteArray(body)))
                  .statusCode())
          .isEqualTo(204);
    }

    assertThat(session("s1").path("id").asText()).isEqualTo("s1");
    assertThat(json(send(request("/v1/viewers/logs"))).at("/items/0/reports").asInt()).isEqualTo(1);
  }

  @Test
  void tokenAsPassword_isTaken() throws Exception {
    start(List.of());
    String pair =
        Base64.getEncoder().encodeToString(("any:" + TOKEN).getBytes(StandardCharsets.UTF_8));

    assertThat(
            push("pushed", "Basic " + pair, line("s1", "c", "").getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void whoMayNot_isRefused() throws Exception {
    start(List.of());
    byte[] body = line("s1", "channel-1", "").getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> nobody =
        send(request("/v1/viewers/logs/pushed").POST(BodyPublishers.ofByteArray(body)));
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(push("pushed", "Bearer wrong-0123456789", body).statusCode()).isEqualTo(401);
    assertThat(push("pushed", "Basic !", body).statusCode()).isEqualTo(401);
    assertThat(push("nowhere", "Bearer wrong-0123456789", body).statusCode()).isEqualTo(401);
    assertThat(push("pushed", "Bearer " + OTHER_TOKEN, body).statusCode()).isEqualTo(403);
    assertThat(send(request("/v1/viewers/sessions/s1")).statusCode()).isEqualTo(404);
  }

  @Test
  void unknownLog_isNotFound() throws Exception {
    start(List.of());
    byte[] body = line("s1", "channel-1", "").getBytes(StandardCharsets.UTF_8);

    assertThat(push("nowhere", "Bearer " + TOKEN, body).body())
        .contains("\"status\":404", "there is no log \\\"nowhere\\\" with http: true");
    assertThat(push("edge", "Bearer " + TOKEN, body).statusCode()).isEqualTo(404);
  }

  @Test
  void bodyThatIsTooLarge_isRefused() throws Exception {
    start(List.of());

    assertThat(push("pushed", "Bearer " + TOKEN, new byte[32_000_001]).statusCode()).isEqualTo(413);
    assertThat(push("pushed", "Bearer " + TOKEN, gzip(new byte[32_000_001])).statusCode())
        .isEqualTo(413);
    assertThat(push("pushed", "Bearer " + TOKEN, new byte[] {0x1F, (byte) 0x8B, 1}).statusCode())
        .isEqualTo(400);
  }

  @Test
  void viewerWhoHasOptedOut_isNotTaken() throws Exception {
    start(List.of());

    assertThat(push(line("s1", "channel-1", ",\"gpc\":\"1\"") + "no line\n")).isEqualTo(204);

    assertThat(send(request("/v1/viewers/sessions/s1")).statusCode()).isEqualTo(404);
    assertThat(send(request("/metrics")).body())
        .contains(
            "aircheck_viewer_log_rejected_total{log=\"pushed\",reason=\"opted_out\"} 1",
            "aircheck_viewer_log_rejected_total{log=\"pushed\",reason=\"malformed\"} 1");
  }

  @Test
  void fastly_isToldThatItMaySend() throws Exception {
    start(List.of());

    assertThat(send(request("/.well-known/fastly/logging/challenge")).body()).isEqualTo("*\n");
  }

  @Test
  void file_isReadAsItGrows() throws Exception {
    Files.writeString(file(), line("before", "channel-1", ""));
    start(List.of());
    await("/v1/viewers/logs", json -> json.at("/items/2/problem").isMissingNode());

    String saved = "aircheck.viewer-log-place/1\nfile " + file();
    Path place = folder.resolve("viewer-logs/edge");
    while (!Files.exists(place) || !Files.readString(place).startsWith(saved)) {
      Thread.onSpinWait();
    }
    Files.writeString(file(), line("s1", "channel-1", ""), StandardOpenOption.APPEND);

    assertThat(session("s1").path("attributes").toString()).contains("\"cdn\":\"own\"");
    assertThat(send(request("/v1/viewers/sessions/before")).statusCode()).isEqualTo(404);
  }

  @Test
  void fileThatIsMissing_isAProblemOfTheLogAlone() throws Exception {
    start(List.of());

    JsonNode logs = await("/v1/viewers/logs", json -> json.at("/items/2").has("problem"));

    assertThat(send(request("/ready")).statusCode()).isEqualTo(200);
    assertThat(logs.at("/items/2/problem").asText())
        .isEqualTo("log edge: there is no file " + file() + "; it is read once it is there");
    assertThat(send(request("/metrics")).body()).contains("aircheck_viewer_log_ok{log=\"edge\"} 0");
  }

  @Test
  void session_isErasedWithoutItsNeighbours_andNoAddressIsKept() throws Exception {
    start(List.of());
    assertThat(push(line("s1", "channel-1", "") + line("s2", "channel-1", ""))).isEqualTo(204);
    session("s1");

    assertThat(send(request("/v1/viewers/sessions/s1").DELETE()).statusCode()).isEqualTo(204);

    assertThat(send(request("/v1/viewers/sessions/s1/timeline")).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/viewers/sessions/s2/timeline")).statusCode()).isEqualTo(200);
    written()
        .forEach(
            (file, bytes) -> assertThat(bytes).as(file.toString()).doesNotContain(SWEDE, "77.77"));
    assertThat(logged).noneMatch(line -> line.contains(SWEDE));
  }

  @Test
  void serviceThatStartsAgain_knowsWhatWasPushed() throws Exception {
    start(List.of());
    watch("s1");
    server.close();
    service.close();

    start(List.of());

    assertThat(session("s1").path("attributes").toString()).contains("\"cdn\":\"north\"");
  }
}
