package io.aircheck.notify.kafka;

import io.aircheck.core.notify.Notification;
import io.aircheck.notify.json.CloudEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Notifications as records of a topic: a CloudEvent as value, the idempotency key as header. */
final class EventRecord {
  private EventRecord() {}

  /**
   * A record.
   *
   * @param key what stays in order
   * @param source which service it comes from: a URI reference
   */
  static ProducerRecord<String, byte[]> of(
      String topic, String key, Notification notification, String source) {
    ProducerRecord<String, byte[]> event =
        new ProducerRecord<>(topic, key, CloudEvent.bytes(CloudEvent.of(notification, source)));
    event.headers().add("content-type", bytes(CloudEvent.MEDIA_TYPE));
    event.headers().add("id", bytes(notification.key()));
    return event;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
