package io.aircheck.core.store;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.observe.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Incidents and the states of the folds that make them. Thread-safe. */
public interface IncidentStore {

  /**
   * One step of the fold of a stream, or of what streams share. It is stored as a whole or not at
   * all, so that a restart finds the fold, the incidents and the notifications in step with each
   * other.
   *
   * @param stream key of the fold
   * @param foldState state of the fold after the step; empty bytes: none to keep
   * @param changes what the step did, in order
   * @param notifications what goes out because of it, in order
   */
  record Commit(
      String stream,
      byte[] foldState,
      List<IncidentChange> changes,
      List<Notification> notifications) {
    public Commit {
      changes = List.copyOf(changes);
      notifications = List.copyOf(notifications);
    }
  }

  /**
   * Which incidents to list.
   *
   * @param ids ids of incidents; empty: all
   * @param streams ids; empty: all
   * @param states empty: all
   * @param severities empty: all
   * @param causes empty: all
   * @param fromMillis only those seen at or after it
   * @param toMillis only those first seen before it
   */
  record Query(
      Set<String> ids,
      Set<String> streams,
      Set<Incident.State> states,
      Set<Severity> severities,
      Set<String> causes,
      OptionalLong fromMillis,
      OptionalLong toMillis) {
    /** All of them. */
    public static final Query ALL =
        new Query(
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            OptionalLong.empty(),
            OptionalLong.empty());

    public Query {
      ids = Set.copyOf(ids);
      streams = Set.copyOf(streams);
      states = Set.copyOf(states);
      severities = Set.copyOf(severities);
      causes = Set.copyOf(causes);
    }

    /** Whether an incident is one of them. */
    public boolean matches(Incident incident) {
      return (ids.isEmpty() || ids.contains(incident.id()))
          && (streams.isEmpty() || streams.contains(incident.stream()))
          && (states.isEmpty() || states.contains(incident.state()))
          && (severities.isEmpty() || severities.contains(incident.severity()))
          && (causes.isEmpty() || causes.contains(incident.cause()))
          && (fromMillis.isEmpty() || incident.lastSeenMillis() >= fromMillis.getAsLong())
          && (toMillis.isEmpty() || incident.firstSeenMillis() < toMillis.getAsLong());
    }

    /** The same of some incidents only. */
    public Query withIds(Set<String> only) {
      return new Query(only, streams, states, severities, causes, fromMillis, toMillis);
    }

    /** The same of some severities only. */
    public Query withSeverities(Set<Severity> only) {
      return new Query(ids, streams, states, only, causes, fromMillis, toMillis);
    }
  }

  /** Stores steps, in order, each as a whole; several at once cost little more than one. */
  void commit(List<Commit> steps);

  /** States of the folds by stream, as of the last commit. */
  Map<String, byte[]> foldStates();

  /** An incident as of its last change. */
  Optional<Incident> find(String id);

  /**
   * Incidents, the most recently opened first.
   *
   * @param cursor {@link Page#next} of the page before; empty: from the start
   * @param limit most items, 1 to 1000
   * @throws IllegalArgumentException for a cursor that is none
   */
  Page<Incident> list(Query query, Optional<String> cursor, int limit);

  /** Everything that happened to an incident, oldest first. */
  List<IncidentChange> history(String id);

  /**
   * Closed incidents that were last seen before a time, the longest ago first.
   *
   * @param limit most ids, 1 to 1000
   */
  List<String> closedBefore(long millis, int limit);

  /** Forgets incidents, with their notifications, all or none; ids that are not there are fine. */
  void forget(List<String> ids);
}
