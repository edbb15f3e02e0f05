package io.aircheck.notify.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.store.Outbox;

/** Notifications as JSON: the schema {@code Notification}. */
public final class NotificationJson {
  private NotificationJson() {}

  /** A notification with its fate. */
  public static ObjectNode of(Outbox.Entry entry) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", entry.notification().key());
    json.put("channel", entry.notification().channel());
    json.put("incident", entry.notification().change().incident().id());
    json.put("stream", entry.notification().change().incident().stream());
    json.put("cause", entry.notification().change().incident().cause());
    json.put("event", entry.notification().change().type().word());
    json.put("status", entry.status().word());
    json.put("attempts", entry.attempts());
    json.put("created", IncidentJson.time(entry.createdMillis()));
    if (entry.status() == Outbox.Status.PENDING) {
      json.put("nextAttempt", IncidentJson.time(entry.nextAttemptMillis()));
    }
    entry.settledMillis().ifPresent(at -> json.put("settled", IncidentJson.time(at)));
    if (!entry.answer().isEmpty()) {
      json.put("answer", entry.answer());
    }
    return json;
  }
}
