package io.aircheck.notify.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.notify.Notification;
import java.util.Map;

/**
 * Notifications as CloudEvents 1.0 in the structured JSON format.
 *
 * <p>Source: CloudEvents specification 1.0.2, JSON event format.
 */
public final class CloudEvent {
  /** Media type of an event in this format. */
  public static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";

  /** Media type of an array of such events. */
  public static final String BATCH_MEDIA_TYPE = "application/cloudevents-batch+json; charset=utf-8";

  private static final String TYPE_PREFIX = "io.aircheck.incident.";
  private static final JsonMapper MAPPER = new JsonMapper();

  private CloudEvent() {}

  /** Type of the event, such as {@code io.aircheck.incident.opened}. */
  public static String type(Notification notification) {
    return TYPE_PREFIX + notification.change().type().word();
  }

  /**
   * The event of a notification; its id is the idempotency key, its subject the incident.
   *
   * @param source which service it comes from: a URI reference
   */
  public static ObjectNode of(Notification notification, String source) {
    ObjectNode data = IncidentJson.of(notification.change());
    data.set("incident", IncidentJson.incident(notification));
    data.set("labels", labels(notification));
    return of(
        notification.key(),
        source,
        type(notification),
        notification.change().incident().id(),
        notification.change().atMillis(),
        data);
  }

  /**
   * An event.
   *
   * @param id the same whenever it is told again
   * @param source which service it comes from: a URI reference
   * @param subject what it is about
   */
  public static ObjectNode of(
      String id, String source, String type, String subject, long atMillis, JsonNode data) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("specversion", "1.0");
    event.put("id", id);
    event.put("source", source);
    event.put("type", type);
    event.put("subject", subject);
    event.put("time", IncidentJson.time(atMillis));
    event.put("datacontenttype", "application/json");
    event.set("data", data);
    return event;
  }

  /** Labels of the stream as an object. */
  public static ObjectNode labels(Notification notification) {
    ObjectNode labels = JsonNodeFactory.instance.objectNode();
    notification.labels().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(label -> labels.put(label.getKey(), label.getValue()));
    return labels;
  }

  /** A tree as UTF-8 text. */
  public static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot be written as JSON", e);
    }
  }
}
