package io.aircheck.notify.pagerduty;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.notify.json.CloudEvent;
import io.aircheck.notify.json.IncidentJson;
import io.aircheck.notify.message.Digest;
import io.aircheck.notify.message.IncidentLink;
import io.aircheck.notify.message.Shorten;
import io.aircheck.notify.message.Wording;
import java.util.Optional;

/**
 * A notification as an event of PagerDuty: one alert for an incident, whatever happens to it.
 *
 * <p>Source: PagerDuty Events API v2, from which the limits are.
 */
final class PagerDutyEvent {
  private static final int MAX_SUMMARY = 1024;
  private static final int MAX_KEY = 255;

  private PagerDutyEvent() {}

  /** What to do with the alert; empty for what the events have no word for. */
  static Optional<String> action(IncidentChange.Type type) {
    return switch (type) {
      case OPENED, UPDATED, RECURRED, REOPENED -> Optional.of("trigger");
      case ACKNOWLEDGED -> Optional.of("acknowledge");
      case CLOSED -> Optional.of("resolve");
      case RECOVERING, NOTED -> Optional.empty();
    };
  }

  static ObjectNode of(
      Notification notification, String action, String routingKey, IncidentLink link) {
    Incident incident = notification.change().incident();
    Wording wording = Wording.of(notification);
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("routing_key", routingKey);
    event.put("event_action", action);
    event.put("dedup_key", Digest.unlessShort(MAX_KEY, incident.id()));
    event.put("client", "Aircheck");
    link.to(incident).ifPresent(url -> event.put("client_url", url));
    ObjectNode payload = event.putObject("payload");
    payload.put(
        "summary",
        Shorten.to(MAX_SUMMARY, "%s: %s".formatted(incident.stream(), wording.sentence())));
    payload.put("source", incident.stream());
    // The words are the same; "critical" is left to rules on the other side.
    payload.put("severity", incident.severity().word());
    payload.put("timestamp", IncidentJson.time(notification.change().atMillis()));
    payload.put("class", incident.cause());
    if (!incident.renditions().isEmpty()) {
      payload.put("component", Shorten.to(MAX_KEY, String.join(", ", incident.renditions())));
    }
    ObjectNode details = payload.putObject("custom_details");
    details.set("incident", IncidentJson.incident(notification));
    details.set("labels", CloudEvent.labels(notification));
    return event;
  }
}
