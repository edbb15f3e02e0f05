package io.aircheck.notify.sns;

import io.aircheck.core.notify.Notification;
import io.aircheck.notify.json.CloudEvent;
import io.aircheck.notify.message.Digest;
import io.aircheck.notify.message.Shorten;
import io.aircheck.notify.message.Wording;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The form that publishes a notification.
 *
 * <p>Source: Amazon SNS API reference, version 2010-03-31, {@code Publish}, from which the limits
 * are.
 */
final class PublishRequest {
  private static final String VERSION = "2010-03-31";
  private static final int MAX_SUBJECT = 99;
  private static final int MAX_ID = 128;

  private PublishRequest() {}

  static byte[] of(Notification notification, String topicArn, String source) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", "Publish");
    form.put("Version", VERSION);
    form.put("TopicArn", topicArn);
    form.put("Subject", subject(Wording.of(notification).title()));
    form.put(
        "Message",
        new String(CloudEvent.bytes(CloudEvent.of(notification, source)), StandardCharsets.UTF_8));
    int index = 1;
    for (Map.Entry<String, String> attribute : attributes(notification).entrySet()) {
      String prefix = "MessageAttributes.entry." + index++ + ".";
      form.put(prefix + "Name", attribute.getKey());
      form.put(prefix + "Value.DataType", "String");
      form.put(prefix + "Value.StringValue", attribute.getValue());
    }
    if (topicArn.endsWith(".fifo")) {
      String incident = notification.change().incident().id();
      form.put("MessageGroupId", Digest.unlessShort(MAX_ID, incident));
      form.put("MessageDeduplicationId", Digest.unlessShort(MAX_ID, notification.key()));
    }
    return encode(form);
  }

  /** The form that asks for a topic: whether it is there and we may see it. */
  static byte[] attributesOf(String topicArn) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", "GetTopicAttributes");
    form.put("Version", VERSION);
    form.put("TopicArn", topicArn);
    return encode(form);
  }

  /** What subscriptions filter by. */
  private static Map<String, String> attributes(Notification notification) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("type", CloudEvent.type(notification));
    attributes.put("key", notification.key());
    attributes.put("stream", notification.change().incident().stream());
    attributes.put("cause", notification.change().incident().cause());
    attributes.put("severity", notification.change().incident().severity().word());
    return attributes;
  }

  /** Subjects are ASCII without line breaks and begin with a letter, digit or mark. */
  private static String subject(String title) {
    return Shorten.to(MAX_SUBJECT, title).replaceAll("[^\\x20-\\x7e]", ".").strip();
  }

  private static byte[] encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
