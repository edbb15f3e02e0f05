package io.aircheck.notify.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.http.HttpChannelContract;
import io.aircheck.notify.http.HttpReceiver;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnsTest extends HttpChannelContract {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:incidents";

  @Override
  protected String type() {
    return "sns";
  }

  @Override
  protected Map<String, String> settings(HttpReceiver receiver) {
    return Map.of(
        "topicArn", TOPIC,
        "url", receiver.uri("/").toString(),
        "accessKeyId", "AKIDEXAMPLE",
        "secretAccessKey", SECRET,
        // Comes back from a receiver that echoes, unlike the key, which is never sent.
        "source", SECRET);
  }

  private static Map<String, String> form(HttpReceiver.Request request) {
    Map<String, String> form = new HashMap<>();
    for (String field : request.text().split("&")) {
      String[] parts = field.split("=", 2);
      form.put(decoded(parts[0]), decoded(parts[1]));
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Test
  void request_publishesTheEventSigned() throws Exception {
    HttpReceiver receiver = receiver(exchange -> HttpReceiver.answer(exchange, 200, "<Id/>"));
    Notification opened = notification(IncidentChange.Type.OPENED);
    try (Notifier sns = open(receiver, Map.of())) {
      assertThat(sns.deliver(opened)).isInstanceOf(Delivery.Delivered.class);
    }

    HttpReceiver.Request request = receiver.requests().getFirst();
    assertThat(request.headers().get("Authorization"))
        .matches(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-west-1/sns/aws4_request, "
                + "SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}");
    assertThat(form(request))
        .containsEntry("Action", "Publish")
        .containsEntry("TopicArn", TOPIC)
        .containsEntry("Subject", "news: video.black opened")
        .containsEntry("MessageAttributes.entry.1.Name", "type")
        .containsEntry("MessageAttributes.entry.1.Value.StringValue", "io.aircheck.incident.opened")
        .containsEntry("MessageAttributes.entry.2.Value.StringValue", opened.key())
        .doesNotContainKey("MessageGroupId");
    assertThat(form(request).get("Message")).contains("\"subject\":\"news~video.black~");
  }

  @Test
  void fifoTopic_isGroupedByIncidentAndDeduplicatedByKey() throws Exception {
    HttpReceiver receiver = receiver(exchange -> HttpReceiver.answer(exchange, 200, "<Id/>"));
    Notification opened = notification(IncidentChange.Type.OPENED);
    try (Notifier sns = open(receiver, Map.of("topicArn", TOPIC + ".fifo"))) {
      sns.deliver(opened);
    }

    assertThat(form(receiver.requests().getFirst()))
        .containsEntry("MessageGroupId", opened.change().incident().id())
        .containsEntry("MessageDeduplicationId", opened.key());
  }

  @Test
  void throttling_toldAsABadRequest_isForLater() throws Exception {
    HttpReceiver receiver =
        receiver(
            exchange ->
                HttpReceiver.answer(exchange, 400, "<Error><Code>Throttling</Code></Error>"));
    try (Notifier sns = open(receiver, Map.of())) {
      assertThat(sns.deliver(notification(IncidentChange.Type.OPENED)))
          .isInstanceOf(Delivery.RetryAfter.class);
    }
  }
}
