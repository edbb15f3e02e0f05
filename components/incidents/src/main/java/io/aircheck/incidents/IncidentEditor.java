package io.aircheck.incidents;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.Incident.Acknowledgement;
import io.aircheck.core.incident.Incident.Group;
import io.aircheck.core.incident.Incident.Member;
import io.aircheck.core.incident.Incident.Note;
import io.aircheck.core.incident.Incident.State;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the next revision of an incident. */
final class IncidentEditor {
  private final Incident before;
  private State state;
  private Severity severity;
  private double confidence;
  private long firstSeenMillis;
  private long lastSeenMillis;
  private int occurrences;
  private final List<String> renditions;
  private final List<String> kinds;
  private Map<String, Double> measurements;
  private String message;
  private Optional<String> explainedBy;
  private Optional<Acknowledgement> acknowledgement;
  private final List<Note> notes;
  private Optional<Group> group;
  private final List<Member> members;

  IncidentEditor(Incident before) {
    this.before = before;
    state = before.state();
    severity = before.severity();
    confidence = before.confidence();
    firstSeenMillis = before.firstSeenMillis();
    lastSeenMillis = before.lastSeenMillis();
    occurrences = before.occurrences();
    renditions = new ArrayList<>(before.renditions());
    kinds = new ArrayList<>(before.kinds());
    measurements = before.measurements();
    message = before.message();
    explainedBy = before.explainedBy();
    acknowledgement = before.acknowledgement();
    notes = new ArrayList<>(before.notes());
    group = before.group();
    members = new ArrayList<>(before.members());
  }

  /** A finding of the incident as it is now. */
  IncidentEditor seen(Finding finding, Severity as, long atMillis) {
    lastSeen(atMillis);
    if (state == State.OPEN && occurrences == 1) {
      firstSeenMillis = Math.min(firstSeenMillis, atMillis - finding.durationMicros() / 1000);
    }
    if (as.compareTo(severity) > 0) {
      severity = as;
    }
    confidence = Math.max(confidence, finding.confidence());
    String rendition = finding.rendition();
    if (rendition != null && !renditions.contains(rendition)) {
      renditions.add(rendition);
    }
    if (!kinds.contains(finding.kind())) {
      kinds.add(finding.kind());
    }
    if (finding.kind().equals(before.cause())) {
      measurements = finding.measurements();
      message = finding.message();
    }
    return this;
  }

  IncidentEditor lastSeen(long atMillis) {
    lastSeenMillis = Math.max(lastSeenMillis, atMillis);
    return this;
  }

  IncidentEditor state(State next) {
    state = next;
    return this;
  }

  IncidentEditor recurred() {
    occurrences++;
    return this;
  }

  IncidentEditor explainedBy(String incident) {
    explainedBy = Optional.of(incident);
    return this;
  }

  IncidentEditor acknowledge(String by, long atMillis) {
    acknowledgement = Optional.of(new Acknowledgement(by, atMillis));
    return this;
  }

  IncidentEditor note(String by, long atMillis, String text) {
    notes.add(new Note(by, atMillis, text));
    return this;
  }

  IncidentEditor group(Group joined) {
    group = Optional.of(joined);
    return this;
  }

  /** A member of the group as it is now. */
  IncidentEditor member(Incident incident) {
    Member member = new Member(incident.stream(), incident.id());
    if (!members.contains(member)) {
      // The latest of each stream is listed, however often the defect comes and goes there.
      members.removeIf(other -> other.stream().equals(member.stream()));
      members.add(member);
      long streams = members.stream().map(Member::stream).distinct().count();
      measurements = Map.of("streams", (double) streams);
      message = "%d streams on %s: %s".formatted(streams, before.stream(), incident.message());
    }
    firstSeenMillis = Math.min(firstSeenMillis, incident.firstSeenMillis());
    lastSeen(incident.lastSeenMillis());
    if (incident.severity().compareTo(severity) > 0) {
      severity = incident.severity();
    }
    confidence = Math.max(confidence, incident.confidence());
    return this;
  }

  /** Whether there is something that people would want to be told. */
  boolean visiblyChanged() {
    return severity != before.severity()
        || !renditions.equals(before.renditions())
        || !members.equals(before.members())
        || !kinds.equals(before.kinds());
  }

  /** The next revision. */
  Incident done() {
    return at(before.revision() + 1);
  }

  /** With details of no interest changed: still the same revision. */
  Incident quietly() {
    return at(before.revision());
  }

  private Incident at(int revision) {
    return new Incident(
        before.id(),
        before.stream(),
        before.cause(),
        state,
        severity,
        confidence,
        firstSeenMillis,
        before.openedMillis(),
        lastSeenMillis,
        occurrences,
        renditions,
        kinds,
        measurements,
        message,
        explainedBy,
        acknowledgement,
        notes,
        revision,
        group,
        members);
  }
}
