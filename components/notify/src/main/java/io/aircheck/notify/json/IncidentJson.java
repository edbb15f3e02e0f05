package io.aircheck.notify.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.ViewerReach;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Incidents as JSON, with the names of the API: the schemas {@code Incident} and {@code
 * IncidentChange}. What does not apply is left out. Times are RFC 3339 in UTC with milliseconds,
 * spans are seconds.
 */
public final class IncidentJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private IncidentJson() {}

  /** An incident. */
  public static ObjectNode of(Incident incident) {
    ObjectNode json = NODES.objectNode();
    json.put("id", incident.id());
    json.put("stream", incident.stream());
    json.put("cause", incident.cause());
    json.put("state", incident.state().word());
    json.put("severity", incident.severity().word());
    json.put("confidence", incident.confidence());
    json.put("firstSeen", time(incident.firstSeenMillis()));
    json.put("opened", time(incident.openedMillis()));
    json.put("lastSeen", time(incident.lastSeenMillis()));
    json.put("detectionDelaySeconds", incident.detectionDelayMillis() / 1000.0);
    json.put("durationSeconds", incident.durationMillis() / 1000.0);
    json.put("occurrences", incident.occurrences());
    json.set("renditions", words(incident.renditions()));
    json.set("kinds", words(incident.kinds()));
    ObjectNode measurements = json.putObject("measurements");
    incident
        .measurements()
        .forEach(
            (name, value) -> {
              // JSON has no word for what is not a number.
              if (Double.isFinite(value)) {
                measurements.put(name, value);
              }
            });
    json.put("message", incident.message());
    incident.explainedBy().ifPresent(id -> json.put("explainedBy", id));
    incident
        .acknowledgement()
        .ifPresent(
            acknowledgement ->
                json.putObject("acknowledgement")
                    .put("by", acknowledgement.by())
                    .put("at", time(acknowledgement.atMillis())));
    ArrayNode notes = json.putArray("notes");
    for (Incident.Note note : incident.notes()) {
      notes
          .addObject()
          .put("by", note.by())
          .put("at", time(note.atMillis()))
          .put("text", note.text());
    }
    incident.group().ifPresent(group -> json.put("group", group.id()));
    if (incident.isGroup()) {
      ArrayNode members = json.putArray("members");
      for (Incident.Member member : incident.members()) {
        members.addObject().put("id", member.id()).put("stream", member.stream());
      }
    }
    json.put("revision", incident.revision());
    return json;
  }

  /** The incident of a notification as it is after what is told, with the viewers it concerns. */
  public static ObjectNode incident(Notification notification) {
    ObjectNode incident = of(notification.change().incident());
    addReach(incident, notification.reach());
    return incident;
  }

  /** What happened to an incident, with the incident as it is after it. */
  public static ObjectNode of(IncidentChange change) {
    ObjectNode json = NODES.objectNode();
    json.put("type", change.type().word());
    json.put("at", time(change.atMillis()));
    json.set("incident", of(change.incident()));
    return json;
  }

  private static void addReach(ObjectNode incident, ViewerReach reach) {
    reach.hit().ifPresent(viewers -> incident.put("viewersHit", viewers));
    reach.watching().ifPresent(viewers -> incident.put("viewersWatching", viewers));
  }

  /** A wall-clock time in milliseconds since the epoch, as in {@code 2026-12-24T18:00:00.000Z}. */
  public static String time(long millis) {
    return RFC_3339.format(Instant.ofEpochMilli(millis));
  }

  private static ArrayNode words(List<String> words) {
    ArrayNode array = NODES.arrayNode();
    words.forEach(array::add);
    return array;
  }
}
