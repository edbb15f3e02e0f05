package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.viewers.ExposureJson;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.notify.json.IncidentJson;
import io.aircheck.notify.json.NotificationJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Incidents as the API answers them, with all that the service knows of them. */
final class IncidentView {
  private static final int MOST_NOTIFICATIONS = 200;

  private final Service service;

  IncidentView(Service service) {
    this.service = service;
  }

  /** An incident with what is known of it at hand. */
  ObjectNode of(Incident incident) {
    ObjectNode json = IncidentJson.of(incident);
    Map<String, String> labels = labels(incident.stream());
    hit(incident).ifPresent(viewers -> json.put("viewersHit", viewers));
    service
        .join()
        .flatMap(join -> join.exposure(incident.id()))
        .ifPresent(exposure -> json.set("viewers", exposure));
    if (CohortKey.isOne(incident.stream())) {
      CohortKey.values(incident.stream()).forEach(json.putObject("cohort")::put);
    }
    json.put(
        "muted", service.recipients().routing().isMuted(incident, labels, incident.openedMillis()));
    return json;
  }

  private Map<String, String> labels(String stream) {
    return CohortKey.isOne(stream)
        ? CohortKey.values(stream)
        : service
            .streams()
            .registry()
            .find(stream)
            .map(WatchedStream::settings)
            .map(settings -> settings.labels())
            .orElse(Map.of());
  }

  /** How many viewers it hits; empty: that is not known at hand. */
  OptionalLong hit(Incident incident) {
    return service.join().map(join -> join.hit(incident)).orElse(OptionalLong.empty());
  }

  /** An incident with its history, evidence and notifications. */
  ObjectNode details(Incident incident) throws IOException {
    ObjectNode json = of(incident);
    List<EvidenceStore.Item> items = evidence(incident);
    if (!json.has("viewers") && items.stream().anyMatch(ExposureJson::isOne)) {
      addKeptViewers(incident, json);
    }
    ArrayNode history = json.putArray("history");
    for (IncidentChange change : service.store().incidents().history(incident.id())) {
      history
          .addObject()
          .put("type", change.type().word())
          .put("at", IncidentJson.time(change.atMillis()))
          .put("severity", change.incident().severity().word())
          .put("revision", change.incident().revision());
    }
    ArrayNode evidence = json.putArray("evidence");
    for (EvidenceStore.Item item : items) {
      evidence
          .addObject()
          .put("name", item.name())
          .put("mediaType", item.mediaType())
          .put("bytes", item.bytes())
          .put("at", IncidentJson.time(item.atMillis()))
          .put(
              "href",
              "/v1/incidents/%s/evidence/%s".formatted(encoded(incident.id()), item.name()));
    }
    ArrayNode notifications = json.putArray("notifications");
    service
        .store()
        .outbox()
        .list(Set.of(), Optional.of(incident.id()), Optional.empty(), MOST_NOTIFICATIONS)
        .items()
        .forEach(entry -> notifications.add(NotificationJson.of(entry)));
    return json;
  }

  /** Who was shown what is over for long: as it was left with the evidence. */
  private void addKeptViewers(Incident incident, ObjectNode json) throws IOException {
    Optional<InputStream> kept = service.evidence().open(incident.id(), ExposureJson.EVIDENCE);
    if (kept.isPresent()) {
      try (InputStream in = kept.get()) {
        ExposureJson.read(in)
            .ifPresent(
                viewers -> {
                  json.set("viewersHit", viewers.path("viewers"));
                  json.set("viewers", viewers);
                });
      }
    }
  }

  /** Evidence of an incident; that of a group is that of its members. */
  List<EvidenceStore.Item> evidence(Incident incident) throws IOException {
    return incident.isGroup() ? List.of() : service.evidence().list(incident.id());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
