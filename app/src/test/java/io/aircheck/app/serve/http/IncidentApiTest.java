package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Incidents, who is told of them, and mutes over HTTP. */
class IncidentApiTest extends ApiFixture {
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
}
