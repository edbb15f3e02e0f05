package io.aircheck.notify.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.notify.http.HttpChannelContract;
import io.aircheck.notify.http.HttpReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerDutyTest extends HttpChannelContract {

  @Override
  protected String type() {
    return "pagerduty";
  }

  @Override
  protected Map<String, String> settings(HttpReceiver receiver) {
    return Map.of("url", receiver.uri("/v2/enqueue").toString(), "routingKey", SECRET);
  }

  @Test
  void events_ofAnIncident_areOneAlert() throws Exception {
    HttpReceiver receiver = receiver(exchange -> HttpReceiver.answer(exchange, 202, "{}"));
    Notification opened = notification(IncidentChange.Type.OPENED);
    try (Notifier pager = open(receiver, Map.of())) {
      pager.deliver(opened);
      pager.deliver(notification(IncidentChange.Type.NOTED));
      pager.deliver(notification(IncidentChange.Type.ACKNOWLEDGED));
      pager.deliver(notification(IncidentChange.Type.CLOSED));
    }

    assertThat(receiver.requests()).hasSize(3);
    assertThat(receiver.requests())
        .extracting(request -> json(request).get("event_action").asText())
        .containsExactly("trigger", "acknowledge", "resolve");
    assertThat(receiver.requests())
        .extracting(request -> json(request).get("dedup_key").asText())
        .containsOnly(opened.change().incident().id());
    JsonNode event = json(receiver.requests().getFirst());
    assertThat(event.get("routing_key").asText()).isEqualTo(SECRET);
    assertThat(event.at("/payload/summary").asText()).isEqualTo("news: The picture is black.");
    assertThat(event.at("/payload/severity").asText()).isEqualTo("error");
    assertThat(event.at("/payload/source").asText()).isEqualTo("news");
    assertThat(event.at("/payload/class").asText()).isEqualTo("video.black");
    assertThat(event.at("/payload/custom_details/labels/region").asText()).isEqualTo("eu");
  }

  private static JsonNode json(HttpReceiver.Request request) {
    try {
      return new JsonMapper().readTree(request.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
