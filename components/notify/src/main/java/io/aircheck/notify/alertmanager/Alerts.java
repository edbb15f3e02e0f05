package io.aircheck.notify.alertmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.observe.Severity;
import io.aircheck.notify.json.IncidentJson;
import io.aircheck.notify.message.IncidentLink;
import io.aircheck.notify.message.Wording;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A notification as alerts.
 *
 * <p>To Alertmanager an alert <em>is</em> its labels. Severity is one of them, because routes are
 * made with it, so an incident that becomes worse is a further alert, and the milder one is ended.
 *
 * <p>Source: Alertmanager API v2, {@code postAlerts}.
 */
final class Alerts {
  /**
   * How long an alert stands that nobody ends. Without an end Alertmanager would close it after its
   * {@code resolve_timeout}, five minutes, since nobody repeats it.
   */
  private static final Duration STANDS = Duration.ofDays(7);

  private Alerts() {}

  static ArrayNode of(Notification notification, IncidentLink link) {
    Incident incident = notification.change().incident();
    ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
    boolean over = incident.state() == Incident.State.CLOSED;
    long now = notification.change().atMillis();
    alerts.add(
        alert(notification, incident.severity(), link, over ? now : now + STANDS.toMillis()));
    if (over || notification.change().type() == IncidentChange.Type.UPDATED) {
      for (Severity severity : Severity.values()) {
        if (severity.compareTo(incident.severity()) < 0) {
          alerts.add(alert(notification, severity, link, now));
        }
      }
    }
    return alerts;
  }

  private static ObjectNode alert(
      Notification notification, Severity severity, IncidentLink link, long endsMillis) {
    Incident incident = notification.change().incident();
    ObjectNode alert = JsonNodeFactory.instance.objectNode();
    // Ours win over labels of the stream that are called the same.
    Map<String, String> labels = new TreeMap<>();
    notification.labels().forEach((name, value) -> labels.put(labelName(name), value));
    labels.put("alertname", incident.cause());
    labels.put("stream", incident.stream());
    labels.put("severity", severity.word());
    ObjectNode named = alert.putObject("labels");
    labels.forEach(named::put);
    ObjectNode annotations =
        alert
            .putObject("annotations")
            .put("summary", Wording.of(notification).title())
            .put("description", incident.message())
            .put("incident", incident.id());
    Wording.viewers(notification.reach()).ifPresent(known -> annotations.put("viewers", known));
    alert.put("startsAt", IncidentJson.time(incident.openedMillis()));
    alert.put("endsAt", IncidentJson.time(endsMillis));
    link.to(incident).ifPresent(url -> alert.put("generatorURL", url));
    return alert;
  }

  /** A name as labels may have in every version. */
  private static String labelName(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9_]", "_");
    return clean.isEmpty() || Character.isDigit(clean.charAt(0)) ? "_" + clean : clean;
  }
}
