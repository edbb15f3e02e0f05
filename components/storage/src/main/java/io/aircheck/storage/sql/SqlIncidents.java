package io.aircheck.storage.sql;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.Page;
import io.aircheck.storage.RecordJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Incidents in tables. */
final class SqlIncidents implements IncidentStore {
  /** Arguments: an incident, and the revision from which on it is known already. */
  private static final String UNLESS_KNOWN =
      " WHERE NOT EXISTS (SELECT 1 FROM incident_change WHERE incident = ? AND revision >= ?)";

  private final Database database;

  SqlIncidents(Database database) {
    this.database = database;
  }

  @Override
  public void commit(List<Commit> steps) {
    database.transaction(
        open -> {
          for (Commit step : steps) {
            store(open, step);
          }
          return steps.size();
        });
  }

  /** Stores a step, as part of a transaction. */
  static void store(Connection open, Commit step) throws SQLException {
    if (step.foldState().length == 0) {
      Database.update(open, "DELETE FROM fold_state WHERE stream = ?", step.stream());
    } else {
      Database.update(
          open,
          "INSERT INTO fold_state (stream, state) VALUES (?, ?)"
              + " ON CONFLICT (stream) DO UPDATE SET state = excluded.state",
          step.stream(),
          step.foldState());
    }
    for (IncidentChange change : step.changes()) {
      store(open, change);
    }
    for (Notification notification : step.notifications()) {
      long now = notification.change().atMillis();
      Database.update(
          open,
          "INSERT INTO outbox (key, channel, incident, status, attempts, created_millis,"
              + " next_attempt_millis, answer, body) VALUES (?, ?, ?, ?, 0, ?, ?, '', ?)"
              + " ON CONFLICT (key) DO NOTHING",
          notification.key(),
          notification.channel(),
          notification.change().incident().id(),
          Outbox.Status.PENDING.name(),
          now,
          now,
          RecordJson.write(notification));
    }
  }

  /**
   * Stores a change, as part of a transaction. Once, also when it is stored again since nobody
   * could tell whether it was; and one that is older than what is known changes nothing.
   */
  static void store(Connection open, IncidentChange change) throws SQLException {
    Incident incident = change.incident();
    long revision = incident.revision();
    Database.update(
        open,
        "INSERT INTO incident (id, stream, cause, state, severity, opened_millis,"
            + " first_seen_millis, last_seen_millis, body) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?"
            + UNLESS_KNOWN
            + " ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
            + " severity = excluded.severity,"
            + " first_seen_millis = excluded.first_seen_millis,"
            + " last_seen_millis = excluded.last_seen_millis, body = excluded.body",
        incident.id(),
        incident.stream(),
        incident.cause(),
        incident.state().name(),
        incident.severity().name(),
        incident.openedMillis(),
        incident.firstSeenMillis(),
        incident.lastSeenMillis(),
        RecordJson.write(incident),
        incident.id(),
        revision);
    Database.update(
        open,
        "INSERT INTO incident_change (incident, type, at_millis, revision, body)"
            + " SELECT ?, ?, ?, ?, ?"
            + UNLESS_KNOWN,
        incident.id(),
        change.type().name(),
        change.atMillis(),
        revision,
        RecordJson.write(change),
        incident.id(),
        revision);
  }

  @Override
  public Map<String, byte[]> foldStates() {
    Map<String, byte[]> states = new HashMap<>();
    database.query(
        "SELECT stream, state FROM fold_state",
        row -> states.put(row.getString(1), row.getBytes(2)));
    return states;
  }

  @Override
  public Optional<Incident> find(String id) {
    return database.first(
        "SELECT body FROM incident WHERE id = ?",
        row -> RecordJson.read(row.getString(1), Incident.class),
        id);
  }

  @Override
  public Page<Incident> list(Query query, Optional<String> cursor, int limit) {
    StringBuilder where = new StringBuilder("1 = 1");
    List<Object> arguments = new ArrayList<>();
    in(where, arguments, "id", query.ids());
    in(where, arguments, "stream", query.streams());
    in(where, arguments, "state", query.states().stream().map(Enum::name).toList());
    in(where, arguments, "severity", query.severities().stream().map(Enum::name).toList());
    in(where, arguments, "cause", query.causes());
    query
        .fromMillis()
        .ifPresent(
            from -> {
              where.append(" AND last_seen_millis >= ?");
              arguments.add(from);
            });
    query
        .toMillis()
        .ifPresent(
            to -> {
              where.append(" AND first_seen_millis < ?");
              arguments.add(to);
            });
    if (cursor.isPresent()) {
      Incident last =
          find(cursor.get())
              .orElseThrow(
                  () -> new IllegalArgumentException("not a cursor of this list: " + cursor.get()));
      where.append(" AND (opened_millis < ? OR (opened_millis = ? AND id < ?))");
      Collections.addAll(arguments, last.openedMillis(), last.openedMillis(), last.id());
    }
    arguments.add(limit + 1);
    List<Incident> found =
        database.query(
            "SELECT body FROM incident WHERE "
                + where
                + " ORDER BY opened_millis DESC, id DESC LIMIT ?",
            row -> RecordJson.read(row.getString(1), Incident.class),
            arguments.toArray());
    return SqlPages.of(found, limit, Incident::id);
  }

  private static void in(
      StringBuilder where, List<Object> arguments, String column, Collection<String> values) {
    if (!values.isEmpty()) {
      where.append(" AND ").append(column).append(" IN (");
      where.append(String.join(", ", Collections.nCopies(values.size(), "?"))).append(')');
      arguments.addAll(values);
    }
  }

  @Override
  public List<IncidentChange> history(String id) {
    return database.query(
        "SELECT body FROM incident_change WHERE incident = ? ORDER BY serial",
        row -> RecordJson.read(row.getString(1), IncidentChange.class),
        id);
  }

  @Override
  public List<String> closedBefore(long millis, int limit) {
    return database.query(
        "SELECT id FROM incident WHERE state = ? AND last_seen_millis < ?"
            + " ORDER BY last_seen_millis, id LIMIT ?",
        row -> row.getString(1),
        Incident.State.CLOSED.name(),
        millis,
        limit);
  }

  @Override
  public void forget(List<String> ids) {
    database.transaction(
        open -> {
          for (String id : ids) {
            Database.update(open, "DELETE FROM incident WHERE id = ?", id);
            Database.update(open, "DELETE FROM incident_change WHERE incident = ?", id);
            Database.update(open, "DELETE FROM outbox WHERE incident = ?", id);
          }
          return ids.size();
        });
  }
}
