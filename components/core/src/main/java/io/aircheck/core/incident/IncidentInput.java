package io.aircheck.core.incident;

import io.aircheck.core.deploy.StreamObservation;
import java.util.Set;

/** What the fold of incidents takes in, keyed by stream. */
public sealed interface IncidentInput {

  /** Stream id. */
  String stream();

  /** When, wall-clock milliseconds since the epoch. */
  long atMillis();

  /** A detector or comparison observed something. */
  record Observed(StreamObservation observation, IncidentPolicy policy) implements IncidentInput {
    @Override
    public String stream() {
      return observation.stream();
    }

    @Override
    public long atMillis() {
      return observation.wallClockMillis();
    }
  }

  /**
   * The stream is watched anew by tasks that do not remember their findings: after a restart of the
   * service or a change of the stream's settings. What was open stays open until the recovery time
   * has passed without a finding.
   *
   * @param kept beginnings of the ids of findings that other tasks go on watching
   */
  record Rewatched(String stream, IncidentPolicy policy, long atMillis, Set<String> kept)
      implements IncidentInput {
    public Rewatched {
      kept = Set.copyOf(kept);
    }

    /** No other tasks watch the stream. */
    public Rewatched(String stream, IncidentPolicy policy, long atMillis) {
      this(stream, policy, atMillis, Set.of());
    }
  }

  /**
   * The stream is not watched for a while, for want of room: nobody can tell what is over. What is
   * open stays open until it is watched anew.
   *
   * @param kept beginnings of the ids of findings that other tasks go on watching
   */
  record Paused(String stream, long atMillis, Set<String> kept) implements IncidentInput {
    public Paused {
      kept = Set.copyOf(kept);
    }

    /** No other tasks watch the stream. */
    public Paused(String stream, long atMillis) {
      this(stream, atMillis, Set.of());
    }
  }

  /** The stream is not to be watched any more: everything is over. */
  record Unwatched(String stream, long atMillis) implements IncidentInput {}

  /** Somebody says something about an incident that is not closed. */
  record Commanded(
      String stream, String incident, Command command, String by, long atMillis, String text)
      implements IncidentInput {
    /** What can be said. */
    public enum Command {
      ACKNOWLEDGE,
      NOTE,
      /** Closes it although the defect may still be there; it stays closed until that is over. */
      CLOSE
    }
  }

  /** An incident has come to belong to a group. */
  record Grouped(String stream, String incident, Incident.Group group, long atMillis)
      implements IncidentInput {}

  /** Somebody opens a closed incident again. */
  record Reopened(Incident incident, IncidentPolicy policy, String by, long atMillis)
      implements IncidentInput {
    @Override
    public String stream() {
      return incident.stream();
    }
  }
}
