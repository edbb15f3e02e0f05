package io.aircheck.notify.message;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.ViewerReach;
import io.aircheck.notify.json.IncidentJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A notification in words.
 *
 * @param title one line: stream, kind and what happened
 * @param sentence what is wrong, in a sentence or two
 * @param facts what else is known, in the order of interest
 */
public record Wording(String title, String sentence, List<Fact> facts) {

  /** Streams of a group that are named. */
  private static final int MOST_STREAMS = 10;

  /** Something that is known. */
  public record Fact(String name, String value) {}

  public Wording {
    facts = List.copyOf(facts);
  }

  /** The words for a notification. */
  public static Wording of(Notification notification) {
    IncidentChange change = notification.change();
    Incident incident = change.incident();
    String title = "%s: %s %s".formatted(incident.stream(), incident.cause(), happened(change));
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Severity", incident.severity().word()));
    viewers(notification.reach()).ifPresent(known -> facts.add(new Fact("Viewers", known)));
    facts.add(new Fact("Began", IncidentJson.time(incident.firstSeenMillis())));
    if (incident.state() == Incident.State.CLOSED) {
      facts.add(new Fact("Ended", IncidentJson.time(incident.lastSeenMillis())));
    }
    facts.add(new Fact("Duration", span(incident.durationMillis())));
    if (incident.occurrences() > 1) {
      facts.add(new Fact("Occurrences", Integer.toString(incident.occurrences())));
    }
    if (incident.isGroup()) {
      facts.add(new Fact("Streams", streams(incident)));
    }
    if (!incident.renditions().isEmpty()) {
      facts.add(new Fact("Renditions", String.join(", ", incident.renditions())));
    }
    if (incident.kinds().size() > 1) {
      List<String> further = incident.kinds().subList(1, incident.kinds().size());
      facts.add(new Fact("Also", String.join(", ", further)));
    }
    incident.acknowledgement().ifPresent(by -> facts.add(new Fact("Acknowledged by", by.by())));
    notification.labels().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(label -> facts.add(new Fact(label.getKey(), label.getValue())));
    return new Wording(title, sentence(change), facts);
  }

  /** The viewers in words; empty when nobody is known to watch: many players report nothing. */
  public static Optional<String> viewers(ViewerReach reach) {
    List<String> known = new ArrayList<>();
    reach.hit().stream().filter(n -> n > 0).forEach(n -> known.add("%,d shown it".formatted(n)));
    reach.watching().stream()
        .filter(n -> n > 0)
        .forEach(n -> known.add("%,d watching".formatted(n)));
    return known.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", known));
  }

  private static String streams(Incident group) {
    List<String> names = group.members().stream().map(Incident.Member::stream).toList();
    int more = names.size() - MOST_STREAMS;
    return more > 0
        ? String.join(", ", names.subList(0, MOST_STREAMS)) + " and %d more".formatted(more)
        : String.join(", ", names);
  }

  private static String happened(IncidentChange change) {
    return switch (change.type()) {
      case OPENED -> "opened";
      case UPDATED -> "became worse";
      case RECOVERING -> "is recovering";
      case RECURRED -> "came back";
      case CLOSED -> "closed";
      case REOPENED -> "reopened";
      case ACKNOWLEDGED -> "acknowledged";
      case NOTED -> "has a new note";
    };
  }

  private static String sentence(IncidentChange change) {
    List<Incident.Note> notes = change.incident().notes();
    if (change.type() == IncidentChange.Type.NOTED && !notes.isEmpty()) {
      Incident.Note note = notes.getLast();
      return note.by() + ": " + note.text();
    }
    return change.incident().message();
  }

  /** Tenths of a second below a minute, whole seconds above. */
  private static String span(long millis) {
    Duration span = Duration.ofMillis(millis);
    if (span.toHours() > 0) {
      return "%d h %d min".formatted(span.toHours(), span.toMinutesPart());
    }
    return span.toMinutes() > 0
        ? "%d min %d s".formatted(span.toMinutes(), span.toSecondsPart())
        : "%d.%d s".formatted(span.toSeconds(), span.toMillisPart() / 100);
  }
}
