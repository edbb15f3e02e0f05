package io.aircheck.core.incident;

import io.aircheck.core.observe.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that is wrong with a stream, over all its renditions and for as long as it comes and
 * goes: what an operations team works with. Immutable.
 *
 * <p>An incident may also stand for the same defect on several streams that share a label: then its
 * {@code stream} is that label and its value, as in {@code cdn=north}, and it has {@link #members}.
 *
 * <p>All times are wall-clock milliseconds since the epoch.
 *
 * @param id unique and stable, see {@link #id(String, String, long)}
 * @param stream stream id
 * @param cause kind of the finding that it is about, such as {@code video.freeze}
 * @param state where it stands
 * @param severity worst severity seen
 * @param confidence how certain the most certain finding was, 0..1
 * @param firstSeenMillis when the defect began
 * @param openedMillis when it was found; the difference is the detection delay
 * @param lastSeenMillis when the defect was last there; of a closed incident: its end
 * @param occurrences how often the defect came back while the incident was recovering, plus one
 * @param renditions renditions hit, in the order in which they were; empty where there are none
 * @param kinds kinds of finding that belong to it, the cause first
 * @param measurements latest measurements of the cause by name, sorted
 * @param message one sentence for an operator
 * @param explainedBy id of an incident of the same stream whose cause brings this one about
 * @param acknowledgement who has taken it on
 * @param notes what people and remedies said, in order
 * @param revision counts every change, from 1; with the id it names a state for good
 * @param group the incident of several streams that it belongs to
 * @param members incidents of the streams that it stands for, in the order in which they joined;
 *     empty for the incident of one stream
 */
public record Incident(
    String id,
    String stream,
    String cause,
    State state,
    Severity severity,
    double confidence,
    long firstSeenMillis,
    long openedMillis,
    long lastSeenMillis,
    int occurrences,
    List<String> renditions,
    List<String> kinds,
    Map<String, Double> measurements,
    String message,
    Optional<String> explainedBy,
    Optional<Acknowledgement> acknowledgement,
    List<Note> notes,
    int revision,
    Optional<Group> group,
    List<Member> members) {

  /** Where an incident stands. */
  public enum State {
    /** The defect is there. */
    OPEN,
    /** The defect is gone, the recovery time is not over yet; it may come back. */
    RECOVERING,
    /** Over, or closed by hand. */
    CLOSED;

    /** The lower-case word used in the API. */
    public String word() {
      return switch (this) {
        case OPEN -> "open";
        case RECOVERING -> "recovering";
        case CLOSED -> "closed";
      };
    }
  }

  /** Somebody works on it. */
  public record Acknowledgement(String by, long atMillis) {}

  /** A remark. */
  public record Note(String by, long atMillis, String text) {}

  /**
   * The incident of several streams that one belongs to.
   *
   * @param id its id
   * @param alone whether the member was told on its own, too: before it belonged to the group, or
   *     because it is worse than what had been told of the group
   */
  public record Group(String id, boolean alone) {}

  /**
   * One of the incidents that a group stands for.
   *
   * @param stream its stream
   * @param id its id
   */
  public record Member(String stream, String id) {}

  public Incident {
    renditions = List.copyOf(renditions);
    kinds = List.copyOf(kinds);
    measurements = Collections.unmodifiableMap(new TreeMap<>(measurements));
    notes = List.copyOf(notes);
    // Incidents that were stored by an older Aircheck have neither.
    group = Objects.requireNonNullElse(group, Optional.empty());
    members = List.copyOf(Objects.requireNonNullElse(members, List.of()));
  }

  /** The incident of one stream, in no group. */
  public Incident(
      String id,
      String stream,
      String cause,
      State state,
      Severity severity,
      double confidence,
      long firstSeenMillis,
      long openedMillis,
      long lastSeenMillis,
      int occurrences,
      List<String> renditions,
      List<String> kinds,
      Map<String, Double> measurements,
      String message,
      Optional<String> explainedBy,
      Optional<Acknowledgement> acknowledgement,
      List<Note> notes,
      int revision) {
    this(
        id,
        stream,
        cause,
        state,
        severity,
        confidence,
        firstSeenMillis,
        openedMillis,
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
        Optional.empty(),
        List.of());
  }

  /** Whether an id is that of a group, for which no evidence is kept; as {@link #isGroup}. */
  public static boolean isGroupId(String id) {
    return id.indexOf('=') >= 0;
  }

  /** Whether it stands for incidents of several streams. */
  public boolean isGroup() {
    return !members.isEmpty();
  }

  /**
   * The id of an incident: the same observations give the same id wherever and however often they
   * are folded, so that nothing is told twice after a restart.
   */
  public static String id(String stream, String cause, long openedMillis) {
    return stream + "~" + cause + "~" + Long.toString(openedMillis, Character.MAX_RADIX);
  }

  /** Time from the beginning of the defect to its discovery, milliseconds. */
  public long detectionDelayMillis() {
    return openedMillis - firstSeenMillis;
  }

  /** Time from the beginning of the defect to where it was last there, milliseconds. */
  public long durationMillis() {
    return lastSeenMillis - firstSeenMillis;
  }
}
