package io.aircheck.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.app.demo.DemoRecord.Entry;
import io.aircheck.app.demo.DemoRecord.Meaning;
import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.audience.truth.Toll;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.session.Cohort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was injected into the streams, and on the way from them to viewers, in a round, and what was
 * found of it. Thread-safe.
 */
final class Scoreboard {
  /** The place of what is wrong on the way to viewers; those of streams have their ids. */
  static final String VIEWERS = "viewers";

  /** What an incident of viewers says where the monitor finds nothing on what they watch. */
  private static final String CLEAN = "The stream is clean";

  /** By place, in the order of the summary. */
  private final Map<String, DemoRecord> records = new LinkedHashMap<>();

  /**
   * Nothing has happened yet.
   *
   * @param delivery faults on the way to viewers
   */
  Scoreboard(List<Programme> programmes, FaultSchedule delivery) {
    for (Programme programme : programmes) {
      records.put(programme.id(), new DemoRecord(programme.schedule().faults()));
    }
    records.put(VIEWERS, new DemoRecord(delivery.faults()));
  }

  /** Notes what has begun at a place by a time of the round; returns the faults that are new. */
  List<DemoFault> reached(String place, double seconds, double nowSeconds) {
    return of(place).map(record -> record.reached(seconds, nowSeconds)).orElse(List.of());
  }

  /**
   * Notes a change of an incident.
   *
   * @return what it is to the demo
   */
  Meaning told(JsonNode change, double nowSeconds) {
    JsonNode incident = change.path("incident");
    String id = incident.path("id").asText();
    String stream = incident.path("stream").asText();
    String cause = incident.path("cause").asText();
    boolean opened = change.path("type").asText().equals("opened");
    boolean told = opened || change.path("type").asText().equals("updated");
    if (!CohortKey.isOne(stream)) {
      return opened
          ? of(stream).map(of -> of.opened(id, cause, nowSeconds)).orElse(Meaning.NOTHING_NEW)
          : Meaning.NOTHING_NEW;
    }
    String message = incident.path("message").asText();
    DemoRecord viewers = of(VIEWERS).orElseThrow();
    if (told && isOfLateCdn(stream, message)) {
      return viewers.opened(id, cause, nowSeconds);
    }
    return opened && !isOfBrokenStream(stream, message)
        ? viewers.unexpected()
        : Meaning.NOTHING_NEW;
  }

  /** What is wrong with a stream is bad for its viewers, too, and that incident says so. */
  private boolean isOfBrokenStream(String stream, String message) {
    return !message.contains(CLEAN)
        && records.keySet().stream()
            .anyMatch(place -> CohortKey.names(stream, Cohort.CONTENT, place));
  }

  /** Where it is, and that it is not in the stream: the one without the other is not found. */
  private static boolean isOfLateCdn(String stream, String message) {
    return CohortKey.names(stream, Attributes.CDN, DemoAudience.LATE_CDN)
        && message.contains(CLEAN);
  }

  private Optional<DemoRecord> of(String place) {
    return Optional.ofNullable(records.get(place));
  }

  /**
   * Notes whom incidents hit.
   *
   * @param impacts what the service says of that, by the id of the incident
   * @param truth what a fault of a place truly did to viewers
   */
  void hit(Function<String, Impact> impacts, BiFunction<String, Type, Toll> truth) {
    records.forEach((place, record) -> record.hit(impacts, type -> truth.apply(place, type)));
  }

  /** Everything that is injected in the round. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    records.values().forEach(record -> entries.addAll(record.entries()));
    return entries;
  }

  /** When the last of some faults ends, seconds of the round; 0 without any. */
  double endSeconds(Predicate<DemoFault> some) {
    return entries().stream()
        .map(Entry::fault)
        .filter(some)
        .mapToDouble(DemoFault::endSeconds)
        .max()
        .orElse(0);
  }

  /** Whether everything was found, with the viewers that it hit. */
  boolean complete() {
    return records.values().stream().allMatch(DemoRecord::complete);
  }

  /** Incidents that no fault was meant to lead to: side effects, or false alarms. */
  int further() {
    return records.values().stream().mapToInt(DemoRecord::further).sum();
  }
}
