package io.aircheck.storage.sql;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.StoreException;
import io.aircheck.storage.RecordJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The exchange in tables of a PostgreSQL database.
 *
 * <p>Two fences. Who sends in the name of a share holds the row of its assignment until that is
 * stored: whoever assigns the share anew waits, so that nothing of the former holder stands behind
 * what the next one sends. Who commits holds the row of the lead, likewise.
 */
final class PostgresIncidentExchange implements IncidentExchange {
  /** Long enough for whoever asks, who waits for seconds. */
  private static final long ANSWER_KEPT_MILLIS = 600_000;

  private final Database database;

  PostgresIncidentExchange(Database database) {
    this.database = database;
  }

  @Override
  public Set<Assignment> send(String copy, List<Input> inputs) {
    return database.transaction(open -> send(open, copy, inputs));
  }

  private static Set<Assignment> send(Connection open, String copy, List<Input> inputs)
      throws SQLException {
    long sent = sent(open, copy);
    Map<Assignment, Boolean> held = new LinkedHashMap<>();
    for (Input input : inputs) {
      if (input.by().isPresent() && !held.containsKey(input.by().get())) {
        held.put(input.by().get(), hold(open, input.by().get()));
      }
    }
    try (PreparedStatement insert =
        open.prepareStatement(
            "INSERT INTO copy_input (copy, number, epoch, type, body) VALUES (?, ?, ?, ?, ?)")) {
      for (Input input : inputs) {
        if (input.number() > sent && input.by().map(held::get).orElse(true)) {
          insert.setString(1, copy);
          insert.setLong(2, input.number());
          insert.setLong(3, input.by().map(Assignment::epoch).orElse(0L));
          insert.setString(4, input.type());
          insert.setString(5, input.body());
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
    long last = inputs.stream().mapToLong(Input::number).max().orElse(sent);
    Database.update(open, "UPDATE copy SET sent = ? WHERE id = ?", Math.max(sent, last), copy);
    return held.entrySet().stream()
        .filter(share -> !share.getValue())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Number of the latest input of a copy; sends of the same copy wait for each other. */
  private static long sent(Connection open, String copy) throws SQLException {
    try (PreparedStatement find =
        open.prepareStatement("SELECT sent FROM copy WHERE id = ? FOR UPDATE")) {
      find.setString(1, copy);
      try (ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          throw new StoreException(
              "the copy " + copy + " is not known; it has to join", true, null);
        }
        return row.getLong(1);
      }
    }
  }

  private static boolean hold(Connection open, Assignment assignment) throws SQLException {
    try (PreparedStatement find =
        open.prepareStatement(
            "SELECT 1 FROM copy_assignment WHERE stream = ? AND share = ? AND copy = ?"
                + " AND epoch = ? FOR SHARE")) {
      find.setString(1, assignment.stream());
      find.setString(2, assignment.share());
      find.setString(3, assignment.copy());
      find.setLong(4, assignment.epoch());
      try (ResultSet row = find.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public List<Waiting> waiting(Set<Long> except, int limit) {
    return database
        .query(
            "SELECT serial, epoch, type, body FROM copy_input WHERE answer IS NULL"
                + " ORDER BY serial LIMIT ?",
            row -> new Waiting(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)),
            limit + except.size())
        .stream()
        .filter(input -> !except.contains(input.serial()))
        .limit(limit)
        .toList();
  }

  @Override
  public boolean commit(long term, List<Commit> steps, List<Taken> inputs) {
    return database.transaction(
        open -> {
          if (!leads(open, term)) {
            return false;
          }
          for (Commit step : steps) {
            SqlIncidents.store(open, step);
          }
          take(open, inputs);
          return true;
        });
  }

  private static boolean leads(Connection open, long term) throws SQLException {
    try (PreparedStatement find =
        open.prepareStatement("SELECT 1 FROM copy_lead WHERE term = ? FOR SHARE")) {
      find.setLong(1, term);
      try (ResultSet row = find.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void take(Connection open, List<Taken> inputs) throws SQLException {
    List<Long> silent = new ArrayList<>();
    for (Taken input : inputs) {
      if (input.answer().isPresent()) {
        Database.update(
            open,
            "UPDATE copy_input SET answer = ?, answered_millis = "
                + CopyTables.NOW
                + " WHERE serial = ?",
            input.answer().get(),
            input.serial());
      } else {
        silent.add(input.serial());
      }
    }
    try (PreparedStatement delete =
        open.prepareStatement(
            "DELETE FROM copy_input WHERE serial = ANY (?) OR answered_millis < "
                + CopyTables.NOW
                + " - "
                + ANSWER_KEPT_MILLIS)) {
      delete.setArray(1, open.createArrayOf("bigint", silent.toArray()));
      delete.executeUpdate();
    }
  }

  @Override
  public Optional<Boolean> answer(String copy, long number) {
    return database.first(
        "SELECT answer FROM copy_input WHERE copy = ? AND number = ? AND answer IS NOT NULL",
        row -> row.getBoolean(1),
        copy,
        number);
  }

  @Override
  public long lastChange() {
    return database
        .first("SELECT COALESCE(MAX(serial), 0) FROM incident_change", row -> row.getLong(1))
        .orElse(0L);
  }

  @Override
  public List<Numbered> changesAfter(long serial, int limit) {
    return database.query(
        "SELECT serial, body FROM incident_change WHERE serial > ? ORDER BY serial LIMIT ?",
        row ->
            new Numbered(row.getLong(1), RecordJson.read(row.getString(2), IncidentChange.class)),
        serial,
        limit);
  }

  @Override
  public void close() {
    database.close();
  }
}
