package io.aircheck.storage.sql;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.StatusBoard;
import io.aircheck.core.store.StoreException;
import io.aircheck.storage.RecordJson;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A board in a table of a PostgreSQL database, by whose clock posts are dated. */
final class PostgresStatusBoard implements StatusBoard {
  /** A transaction that posts is over by then. */
  private static final long LATE_MILLIS = 5_000;

  private final Database database;

  PostgresStatusBoard(Database database) {
    this.database = database;
  }

  @Override
  public void post(List<Status> statuses) {
    if (statuses.isEmpty()) {
      return;
    }
    database.transaction(
        open -> {
          try (PreparedStatement insert =
              open.prepareStatement(
                  "INSERT INTO copy_status (stream, share, copy, epoch, cores, at_millis, body)"
                      + " VALUES (?, ?, ?, ?, ?, "
                      + CopyTables.NOW
                      + ", ?) ON CONFLICT (stream, share) DO UPDATE SET copy = excluded.copy,"
                      + " epoch = excluded.epoch, cores = excluded.cores,"
                      + " at_millis = excluded.at_millis, body = excluded.body"
                      + " WHERE copy_status.epoch <= excluded.epoch")) {
            for (Status status : statuses) {
              insert.setString(1, status.of().stream());
              insert.setString(2, status.of().share());
              insert.setString(3, status.of().copy());
              insert.setLong(4, status.of().epoch());
              insert.setDouble(5, status.cores());
              insert.setString(6, status.body());
              insert.addBatch();
            }
            return insert.executeBatch().length;
          }
        });
  }

  private record Row(Status status, long atMillis) {}

  @Override
  public News since(long atMillis) {
    List<Row> rows =
        database.query(
            "SELECT stream, share, copy, epoch, cores, body, at_millis FROM copy_status"
                + " WHERE at_millis >= ?",
            row ->
                new Row(
                    new Status(
                        new Assignment(
                            row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                        row.getDouble(5),
                        row.getString(6)),
                    row.getLong(7)),
            atMillis - LATE_MILLIS);
    return new News(
        rows.stream().map(Row::status).toList(),
        rows.stream().mapToLong(Row::atMillis).max().orElse(atMillis));
  }

  @Override
  public void post(String copy, Use use) {
    database.update("UPDATE copy SET used = ? WHERE id = ?", RecordJson.write(use), copy);
  }

  private record Said(String copy, String text) {}

  @Override
  public Map<String, Use> uses() {
    List<Said> said =
        database.query(
            "SELECT id, used FROM copy WHERE used IS NOT NULL AND until_millis > " + CopyTables.NOW,
            row -> new Said(row.getString(1), row.getString(2)));
    Map<String, Use> uses = new HashMap<>();
    for (Said one : said) {
      try {
        uses.put(one.copy(), RecordJson.read(one.text(), Use.class));
      } catch (StoreException e) {
        // A copy of another version says it in other words.
      }
    }
    return uses;
  }

  private record Key(String stream, String share) {}

  @Override
  public void retain(List<Assignment> current) {
    Set<Key> kept = new HashSet<>();
    current.forEach(assignment -> kept.add(new Key(assignment.stream(), assignment.share())));
    database.transaction(
        open -> {
          List<Key> known =
              Database.rows(
                  open,
                  "SELECT stream, share FROM copy_status",
                  row -> new Key(row.getString(1), row.getString(2)));
          int gone = 0;
          for (Key key : known) {
            if (!kept.contains(key)) {
              gone +=
                  Database.update(
                      open,
                      "DELETE FROM copy_status WHERE stream = ? AND share = ?",
                      key.stream(),
                      key.share());
            }
          }
          return gone;
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
