package io.aircheck.app.serve.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.TokenSettings;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What all of the API has in common: access, repeated writes, operation, description. */
class ServiceApiTest extends ApiFixture {
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

  /** Whoever asks again meanwhile is told to wait, other than by a conflict that lasts. */
  @Test
  void writes_sentAgainWhileWorkedOn_areToBeTriedAgain() throws Exception {
    start(List.of());
    HttpRequest.Builder again = request("/v1/streams").header("Idempotency-Key", "k1");
    URI address = again.build().uri();

    try (Socket slow = new Socket(address.getHost(), address.getPort())) {
      slow.getOutputStream()
          .write(
              """
              POST /v1/streams HTTP/1.1\r
              Host: localhost\r
              Idempotency-Key: k1\r
              Content-Type: application/json\r
              Content-Length: 2\r
              Expect: 100-continue\r
              \r
              """
                  .getBytes(US_ASCII));
      // It is being worked on as soon as its body is asked for.
      String asked = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(new String(slow.getInputStream().readNBytes(asked.length()), US_ASCII))
          .isEqualTo(asked);
      HttpResponse<String> answer = send(again.POST(body("{}")));

      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      slow.getOutputStream().write("{}".getBytes(US_ASCII));
      assertThat(new String(slow.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 422");
    }
  }

  @Test
  void writes_otherBodyOfTheSameLengthWithTheSameKey_isRefused() throws Exception {
    start(List.of());
    HttpRequest.Builder add = request("/v1/streams").header("Idempotency-Key", "k1");

    HttpResponse<String> first = send(add.POST(body("{\"url\": \"http://127.0.0.1/a.m3u8\"}")));
    HttpResponse<String> other = send(add.POST(body("{\"url\": \"http://127.0.0.1/b.m3u8\"}")));

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(other.statusCode()).isEqualTo(422);
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
    Set<String> asked = Dashboard.families("aircheck.json");

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
    assertDescribed(json(send(request("/v1/cost"))), schemas, "Cost");
    assertDescribed(json(send(request("/health"))), schemas, "Health");
    assertDescribed(json(send(request("/nothing"))), schemas, "Problem");
  }

  private static final Set<String> OPERATION =
      Set.of("GET /health", "GET /ready", "GET /metrics", "GET /openapi.yaml");

  /** Every field is in one of the schemas, and what the first of them requires is there. */
  static void assertDescribed(JsonNode value, JsonNode schemas, String... names) {
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
