package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.testkit.FakeSource;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks of addresses and uploads over HTTP. */
class CheckApiTest extends ApiFixture {
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
}
