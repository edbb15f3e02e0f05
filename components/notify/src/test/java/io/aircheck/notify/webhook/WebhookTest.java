package io.aircheck.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.notify.http.HttpChannelContract;
import io.aircheck.notify.http.HttpReceiver;
import io.aircheck.notify.json.IncidentJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class WebhookTest extends HttpChannelContract {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  protected String type() {
    return "webhook";
  }

  @Override
  protected Map<String, String> settings(HttpReceiver receiver) {
    return Map.of(
        "url", receiver.uri("/in/" + SECRET).toString(),
        "secret", SECRET,
        "headers.X-Api-Key", SECRET);
  }

  private HttpReceiver answering(int status, String body, Map<String, String> headers)
      throws Exception {
    return receiver(
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          HttpReceiver.answer(exchange, status, body);
        });
  }

  private Delivery deliver(HttpReceiver receiver) {
    try (Notifier webhook = open(receiver, Map.of())) {
      return webhook.deliver(notification(IncidentChange.Type.OPENED));
    }
  }

  @Test
  void event_isACloudEventOfTheChange() throws Exception {
    HttpReceiver receiver = answering(204, "", Map.of());
    Notification notification = notification(IncidentChange.Type.OPENED);
    assertThat(deliver(receiver)).isEqualTo(new Delivery.Delivered("204"));

    HttpReceiver.Request request = receiver.requests().getFirst();
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/cloudevents+json; charset=utf-8")
        .containsEntry("Idempotency-Key", notification.key())
        .containsEntry("X-Api-Key", SECRET);
    JsonNode event = JSON.readTree(request.body());
    assertThat(event.get("specversion").asText()).isEqualTo("1.0");
    assertThat(event.get("type").asText()).isEqualTo("io.aircheck.incident.opened");
    assertThat(event.get("source").asText()).isEqualTo("aircheck");
    assertThat(event.get("id").asText()).isEqualTo(notification.key());
    assertThat(event.get("subject").asText()).isEqualTo(notification.change().incident().id());
    assertThat(event.get("time").asText()).isEqualTo("2025-12-24T18:00:00.003Z");
    assertThat(event.get("data").get("labels").get("cdn").asText()).isEqualTo("north");
    assertThat(event.get("data").get("incident"))
        .isEqualTo(JSON.readTree(IncidentJson.of(notification.change().incident()).toString()));
  }

  @Test
  void signature_isWhatAReceiverComputes() throws Exception {
    HttpReceiver receiver = answering(200, "", Map.of());
    byte[] key = {1, 2, 3, 4, 5, 6, 7, 8};
    String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
    try (Notifier webhook =
        open(receiver, Map.of("secret", secret, "previousSecret", "the one before"))) {
      webhook.deliver(notification(IncidentChange.Type.OPENED));
    }

    HttpReceiver.Request request = receiver.requests().getFirst();
    String signed =
        request.headers().get("webhook-id")
            + "."
            + request.headers().get("webhook-timestamp")
            + "."
            + request.text();
    assertThat(request.headers().get("webhook-signature"))
        .isEqualTo(
            "v1,%s v1,%s"
                .formatted(
                    hmac(key, signed),
                    hmac("the one before".getBytes(StandardCharsets.UTF_8), signed)));
    assertThat(Long.parseLong(request.headers().get("webhook-timestamp")))
        .isCloseTo(Instant.now().getEpochSecond(), Offset.offset(60L));
  }

  private static String hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void status_thatMayPass_isForLater(int status) throws Exception {
    assertThat(deliver(answering(status, "wait", Map.of())))
        .isEqualTo(
            new Delivery.RetryAfter("127.0.0.1 answers " + status + " wait", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 413, 422})
  void status_thatStays_isRejected(int status) throws Exception {
    assertThat(deliver(answering(status, "no", Map.of("Retry-After", "5"))))
        .isEqualTo(new Delivery.Rejected("127.0.0.1 answers " + status + " no"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void redirect_isNotFollowedAndSaysWhatToDo(int status) throws Exception {
    HttpReceiver elsewhere = answering(200, "", Map.of());
    Delivery delivery =
        deliver(answering(status, "", Map.of("Location", elsewhere.uri("/").toString())));

    assertThat(delivery)
        .isEqualTo(
            new Delivery.Rejected(
                "127.0.0.1 answers %d, a redirect, which is not followed; set url to where it leads"
                    .formatted(status)));
    assertThat(elsewhere.requests()).isEmpty();
  }

  @Test
  void retryAfter_inSecondsOrAsADate_isHeeded() throws Exception {
    assertThat(deliver(answering(429, "", Map.of("Retry-After", "120"))))
        .isEqualTo(
            new Delivery.RetryAfter("127.0.0.1 answers 429", Optional.of(Duration.ofSeconds(120))));

    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(300).atOffset(ZoneOffset.UTC));
    assertThat(deliver(answering(503, "", Map.of("Retry-After", date))))
        .isInstanceOfSatisfying(
            Delivery.RetryAfter.class,
            later ->
                assertThat(later.after().orElseThrow())
                    .isBetween(Duration.ofSeconds(240), Duration.ofSeconds(301)));

    assertThat(deliver(answering(503, "", Map.of("Retry-After", "soon"))))
        .isEqualTo(new Delivery.RetryAfter("127.0.0.1 answers 503", Optional.empty()));
  }

  @Test
  void remedy_answer_isKeptAndRemarksAreNotAskedAbout() throws Exception {
    HttpReceiver receiver = answering(200, "switched to input B\n", Map.of());
    Map<String, String> settings = Map.of("url", receiver.uri("/").toString());
    try (Notifier remedy =
        NotifierCatalog.installed()
            .create("remedy", settings, new OutboundPolicy(Set.of("http"), true, List.of()))) {
      assertThat(remedy.recordsAnswer()).isTrue();
      assertThat(remedy.deliver(notification(IncidentChange.Type.OPENED)))
          .isEqualTo(new Delivery.Delivered("200 switched to input B"));
      remedy.deliver(notification(IncidentChange.Type.NOTED));
    }
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void settings_thatAreWrong_areNamedWithoutTheirValues() throws Exception {
    HttpReceiver receiver = answering(200, "", Map.of());
    Map<String, Map<String, String>> wrong =
        Map.of(
            "channel of type webhook: url must be an address such as https://example.com/path",
            Map.of("url", "ftp://" + SECRET),
            "channel of type webhook: url must not hold a user or password; there are settings for"
                + " these",
            Map.of("url", "https://ada:" + SECRET + "@example.com/"),
            "channel of type webhook: headers.X-A holds characters that cannot be in a header",
            Map.of("headers.X-A", SECRET + "\r\nHost: x"),
            "channel of type webhook: headers.Host is set by the channel itself",
            Map.of("headers.Host", SECRET),
            "channel of type webhook: secret begins with whsec_, and what follows is no Base64",
            Map.of("secret", "whsec_" + SECRET + "!"),
            "channel of type webhook: timeoutSeconds must be a whole number from 1 to 300",
            Map.of("timeoutSeconds", "0"),
            "channel of type webhook: token cannot be given beside username",
            Map.of("token", SECRET, "username", "ada"));
    wrong.forEach(
        (message, settings) ->
            assertThatThrownBy(() -> open(receiver, settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message));
    assertThatThrownBy(() -> open(receiver, Map.of("urll", SECRET)))
        .hasMessageStartingWith("channel of type webhook: urll is unknown; known are url, secret");
    assertThatThrownBy(() -> open(receiver, Map.of("url", " ")))
        .hasMessageStartingWith("channel of type webhook: url is missing");
  }
}
