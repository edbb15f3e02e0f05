package io.aircheck.incidents;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.fold.Fold;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one incident of the findings of a kind in a stream: it opens with the first finding,
 * whatever rendition it is in, and closes with the last.
 */
public final class IncidentFold
    implements Fold<IncidentFold.Key, IncidentFold.State, StreamObservation, IncidentFold.Change> {

  /** What is one incident: a kind of finding in a stream. */
  public record Key(String stream, String kind) {}

  /**
   * A defect of a stream, over all its renditions.
   *
   * @param startMicros media time at which the first finding began
   * @param endMicros media time at which the last ended; while open, how far it was seen to last
   * @param severity worst so far
   * @param renditions renditions hit so far, in the order in which they were hit; empty where there
   *     are none
   */
  public record Incident(
      Key key, long startMicros, long endMicros, Severity severity, List<String> renditions) {
    public Incident {
      renditions = List.copyOf(renditions);
    }
  }

  /** Something happened to an incident. */
  public sealed interface Change {
    /** The incident as it is now. */
    Incident incident();

    /** The first finding opened. */
    record Opened(Incident incident) implements Change {}

    /** It became worse, or hit a further rendition. */
    record Updated(Incident incident) implements Change {}

    /** The last finding closed. */
    record Closed(Incident incident) implements Change {}
  }

  /** A finding that is open; ids are unique only within the task of a rendition. */
  public record OpenFinding(@Nullable String rendition, String id) {}

  /**
   * State of a key.
   *
   * @param incident the open incident
   * @param findings its open findings
   */
  public record State(Optional<Incident> incident, List<OpenFinding> findings) {
    private static final State NONE = new State(Optional.empty(), List.of());

    public State {
      findings = List.copyOf(findings);
    }
  }

  /** The finding of an observation, if it is about one. */
  public static Optional<Finding> finding(Observation observation) {
    return switch (observation) {
      case Observation.Opened opened -> Optional.of(opened.finding());
      case Observation.Updated updated -> Optional.of(updated.finding());
      case Observation.Closed closed -> Optional.of(closed.finding());
      case Observation.Fingerprinted fingerprinted -> Optional.empty();
    };
  }

  @Override
  public Key key(StreamObservation input) {
    return new Key(input.stream(), finding(input.observation()).map(Finding::kind).orElse(""));
  }

  @Override
  public State initial(Key key) {
    return State.NONE;
  }

  @Override
  public Step<State, Change> apply(State state, StreamObservation input) {
    Optional<Finding> about = finding(input.observation());
    if (about.isEmpty()) {
      return Step.of(state, List.of());
    }
    Finding finding = about.get();
    OpenFinding open = new OpenFinding(finding.rendition(), finding.id());
    boolean closes = input.observation() instanceof Observation.Closed;
    if (closes && !state.findings().contains(open)) {
      return Step.of(state, List.of());
    }
    List<OpenFinding> findings = new ArrayList<>(state.findings());
    findings.remove(open);
    if (!closes) {
      findings.add(open);
    }
    Incident now = merged(state.incident(), key(input), finding);
    if (findings.isEmpty()) {
      return Step.of(State.NONE, List.of(new Change.Closed(now)));
    }
    State next = new State(Optional.of(now), findings);
    if (state.incident().isEmpty()) {
      return Step.of(next, List.of(new Change.Opened(now)));
    }
    Incident before = state.incident().get();
    boolean changed =
        before.severity() != now.severity() || !before.renditions().equals(now.renditions());
    return Step.of(next, changed ? List.of(new Change.Updated(now)) : List.of());
  }

  private static Incident merged(Optional<Incident> before, Key key, Finding finding) {
    Set<String> renditions = new LinkedHashSet<>();
    before.ifPresent(incident -> renditions.addAll(incident.renditions()));
    String rendition = finding.rendition();
    if (rendition != null) {
      renditions.add(rendition);
    }
    List<String> hit = List.copyOf(renditions);
    return before
        .map(
            incident ->
                new Incident(
                    key,
                    Math.min(incident.startMicros(), finding.startMicros()),
                    Math.max(incident.endMicros(), finding.endMicros()),
                    finding.severity().atLeast(incident.severity())
                        ? finding.severity()
                        : incident.severity(),
                    hit))
        .orElseGet(
            () ->
                new Incident(
                    key, finding.startMicros(), finding.endMicros(), finding.severity(), hit));
  }
}
