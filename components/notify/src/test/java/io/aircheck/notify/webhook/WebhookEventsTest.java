package io.aircheck.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.export.Events;
import io.aircheck.notify.export.ExportEvent;
import io.aircheck.notify.export.ExportTarget;
import io.aircheck.notify.export.Receipt;
import io.aircheck.notify.http.HttpReceiver;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookEventsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SECRET = "hunter2hunter2";
  private static final OutboundPolicy OPEN = new OutboundPolicy(Set.of("http"), true, List.of());

  private static ExportTarget<ExportEvent> target(URI uri) {
    return new WebhookEvents(
        Map.of("url", uri.toString(), "secret", SECRET, "timeoutSeconds", "50", "source", "here"),
        OPEN);
  }

  private static Receipt send(HttpReceiver receiver, List<ExportEvent> events) {
    try (ExportTarget<ExportEvent> target = target(receiver.uri("/in/" + SECRET))) {
      return target.send(events);
    }
  }

  private static HttpReceiver answering(int status, String body) throws Exception {
    return new HttpReceiver(exchange -> HttpReceiver.answer(exchange, status, body));
  }

  @Test
  void send_batch_isAnArrayOfCloudEventsThatIsSigned() throws Exception {
    try (HttpReceiver receiver = answering(202, "taken")) {
      List<ExportEvent> events =
          List.of(Events.of("sums", "1", "content=a"), Events.of("sums", "2", "content=b"));

      assertThat(send(receiver, events).delivery()).isEqualTo(new Delivery.Delivered("202 taken"));

      HttpReceiver.Request request = receiver.requests().getFirst();
      String key = request.headers().getOrDefault("Idempotency-Key", "");
      assertThat(request.headers())
          .containsEntry("Content-Type", "application/cloudevents-batch+json; charset=utf-8")
          .containsEntry("webhook-id", key);
      long seconds = Long.parseLong(request.headers().get("webhook-timestamp"));
      assertThat(request.headers().get("webhook-signature"))
          .isEqualTo(new Signature(List.of(SECRET)).of(key, seconds, request.body()));
      JsonNode batch = JSON.readTree(request.body());
      assertThat(batch).hasSize(2);
      assertThat(batch.get(1).get("id").asText()).isEqualTo("2");
      assertThat(batch.get(1).get("source").asText()).isEqualTo("here");
      assertThat(batch.get(1).get("type").asText()).isEqualTo("io.aircheck.viewers.sums");
      assertThat(batch.get(1).get("subject").asText()).isEqualTo("content=b");
      assertThat(batch.get(1).get("time").asText()).isEqualTo("2027-01-15T08:00:00.000Z");
    }
  }

  @Test
  void send_again_hasTheSameKey() throws Exception {
    try (HttpReceiver receiver = answering(200, "")) {
      send(receiver, List.of(Events.of("sums", "1", "a")));
      send(receiver, List.of(Events.of("sums", "1", "a")));
      send(receiver, List.of(Events.of("sums", "2", "a")));

      assertThat(receiver.requests())
          .extracting(request -> request.headers().get("webhook-id"))
          .satisfies(
              ids -> {
                assertThat(ids.get(1)).isEqualTo(ids.get(0));
                assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
              });
    }
  }

  @Test
  void send_moreThanABody_isSplit() throws Exception {
    try (HttpReceiver receiver = answering(200, "")) {
      List<ExportEvent> events = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        events.add(Events.of("sums", "" + i, "a", "x".repeat(100_000)));
      }

      assertThat(send(receiver, events).delivery()).isInstanceOf(Delivery.Delivered.class);

      int arrived = 0;
      for (HttpReceiver.Request request : receiver.requests()) {
        assertThat(request.body()).hasSizeLessThan(WebhookEvents.LONGEST_BODY);
        arrived += JSON.readTree(request.body()).size();
      }
      assertThat(receiver.requests()).hasSize(3);
      assertThat(arrived).isEqualTo(25);
    }
  }

  @Test
  void send_receiverIsBusy_isToComeLater() throws Exception {
    try (HttpReceiver receiver =
        new HttpReceiver(
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "7");
              HttpReceiver.answer(exchange, 503, "busy with " + SECRET);
            })) {
      assertThat(send(receiver, List.of(Events.of("sums", "1", "a"))).delivery())
          .isEqualTo(
              new Delivery.RetryAfter(
                  "127.0.0.1 answers 503 busy with ***", Optional.of(Duration.ofSeconds(7))));
    }
  }

  @Test
  void send_receiverRefuses_isRefused() throws Exception {
    try (HttpReceiver receiver = answering(422, "no")) {
      assertThat(send(receiver, List.of(Events.of("sums", "1", "a"))).delivery())
          .isEqualTo(new Delivery.Rejected("127.0.0.1 answers 422 no"));
    }
  }

  @Test
  void send_nobodyThere_isToComeLater() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:" + HttpReceiver.freePort() + "/");
    try (ExportTarget<ExportEvent> target = target(nobody)) {
      assertThat(target.send(List.of(Events.of("sums", "1", "a"))).delivery())
          .isInstanceOf(Delivery.RetryAfter.class);
    }
  }

  @Test
  void settings_thatAreWrong_areNamedWithoutTheirValues() {
    assertThatThrownBy(() -> new WebhookEvents(Map.of("url", "ftp://" + SECRET), OPEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("url must be an address")
        .hasMessageNotContaining(SECRET);
  }
}
