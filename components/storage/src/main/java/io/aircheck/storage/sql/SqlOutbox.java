package io.aircheck.storage.sql;

import io.aircheck.core.notify.Notification;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.Page;
import io.aircheck.storage.RecordJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An outbox in a table. */
final class SqlOutbox implements Outbox {
  private static final String COLUMNS =
      "SELECT body, status, attempts, created_millis, next_attempt_millis, settled_millis, answer"
          + " FROM outbox ";

  private final Database database;

  SqlOutbox(Database database) {
    this.database = database;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    long settledMillis = row.getLong(6);
    OptionalLong settled = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(settledMillis);
    return new Entry(
        RecordJson.read(row.getString(1), Notification.class),
        Status.valueOf(row.getString(2)),
        row.getInt(3),
        row.getLong(4),
        row.getLong(5),
        settled,
        row.getString(7));
  }

  @Override
  public List<Entry> due(long nowMillis, Set<String> exceptChannels, int limit) {
    List<Object> arguments = new ArrayList<>(List.of(Status.PENDING.name(), nowMillis));
    arguments.addAll(exceptChannels);
    arguments.add(Status.PENDING.name());
    arguments.add(limit);
    // An empty list is no SQL.
    String except =
        exceptChannels.isEmpty()
            ? ""
            : "AND channel NOT IN (%s)"
                .formatted(String.join(", ", Collections.nCopies(exceptChannels.size(), "?")));
    // Only the oldest of an incident and channel counts: what comes after it waits for it.
    return database.query(
        COLUMNS
            + """
            AS o WHERE status = ? AND next_attempt_millis <= ?
              %s AND NOT EXISTS (
                SELECT 1 FROM outbox AS earlier WHERE earlier.incident = o.incident
                  AND earlier.channel = o.channel AND earlier.serial < o.serial
                  AND earlier.status = ?)
            ORDER BY next_attempt_millis, serial LIMIT ?
            """
                .formatted(except),
        SqlOutbox::entry,
        arguments.toArray());
  }

  @Override
  public OptionalLong nextDueMillis(long afterMillis) {
    return database
        .query(
            "SELECT next_attempt_millis FROM outbox WHERE status = ?"
                + " AND next_attempt_millis > ? ORDER BY next_attempt_millis LIMIT 1",
            row -> row.getLong(1),
            Status.PENDING.name(),
            afterMillis)
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  @Override
  public void record(List<Outcome> outcomes) {
    database.transaction(
        open -> {
          for (Outcome outcome : outcomes) {
            // When it is due stays as it was once it is settled.
            String time =
                outcome.status() == Status.PENDING ? "next_attempt_millis" : "settled_millis";
            Database.update(
                open,
                "UPDATE outbox SET attempts = attempts + 1, status = ?, answer = ?, "
                    + time
                    + " = ? WHERE key = ?",
                outcome.status().name(),
                outcome.answer(),
                outcome.millis(),
                outcome.key());
          }
          return outcomes.size();
        });
  }

  @Override
  public boolean revive(String key, long atMillis) {
    return database.update(
            "UPDATE outbox SET status = ?, next_attempt_millis = ?, settled_millis = NULL"
                + " WHERE key = ? AND status = ?",
            Status.PENDING.name(),
            atMillis,
            key,
            Status.DEAD.name())
        > 0;
  }

  @Override
  public Optional<Entry> find(String key) {
    return database.first(COLUMNS + "WHERE key = ?", SqlOutbox::entry, key);
  }

  @Override
  public Page<Entry> list(
      Set<Status> statuses, Optional<String> incident, Optional<String> cursor, int limit) {
    StringBuilder where = new StringBuilder("WHERE 1 = 1");
    List<Object> arguments = new ArrayList<>();
    if (!statuses.isEmpty()) {
      where.append(" AND status IN (");
      where.append(String.join(", ", Collections.nCopies(statuses.size(), "?"))).append(')');
      statuses.forEach(status -> arguments.add(status.name()));
    }
    incident.ifPresent(
        id -> {
          where.append(" AND incident = ?");
          arguments.add(id);
        });
    cursor.ifPresent(
        key -> {
          where.append(" AND serial < ?");
          arguments.add(serial(key));
        });
    arguments.add(limit + 1);
    List<Entry> found =
        database.query(
            COLUMNS + where + " ORDER BY serial DESC LIMIT ?",
            SqlOutbox::entry,
            arguments.toArray());
    return SqlPages.of(found, limit, entry -> entry.notification().key());
  }

  private long serial(String key) {
    return database
        .first("SELECT serial FROM outbox WHERE key = ?", row -> row.getLong(1), key)
        .orElseThrow(() -> new IllegalArgumentException("not a cursor of this list: " + key));
  }
}
