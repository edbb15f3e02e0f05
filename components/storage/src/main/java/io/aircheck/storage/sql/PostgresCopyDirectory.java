package io.aircheck.storage.sql;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.storage.RecordJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The directory of copies in a PostgreSQL database, by whose clock leases run. Every change of
 * leader or of assignments holds the one row of {@code copy_lead}, so they happen one after the
 * other.
 */
final class PostgresCopyDirectory implements CopyDirectory {
  private final Database database;

  PostgresCopyDirectory(Database database) {
    this.database = database;
  }

  @Override
  public void join(Copy copy, Duration lease) {
    database.update(
        "INSERT INTO copy (id, draining, until_millis, sent, body) VALUES (?, FALSE, "
            + CopyTables.NOW
            + " + ?, 0, ?) ON CONFLICT (id) DO UPDATE"
            + " SET until_millis = excluded.until_millis, body = excluded.body",
        copy.id(),
        lease.toMillis(),
        RecordJson.write(copy));
  }

  @Override
  public boolean renew(String copy, Duration lease) {
    return database.update(
            "UPDATE copy SET until_millis = %1$s + ? WHERE id = ? AND until_millis > %1$s"
                .formatted(CopyTables.NOW),
            lease.toMillis(),
            copy)
        > 0;
  }

  @Override
  public void drain(String copy) {
    database.update("UPDATE copy SET draining = TRUE WHERE id = ?", copy);
  }

  @Override
  public void leave(String copy) {
    database.update("DELETE FROM copy WHERE id = ?", copy);
  }

  @Override
  public List<Member> members() {
    return database.query(
        "SELECT body, draining, until_millis > "
            + CopyTables.NOW
            + " FROM copy ORDER BY id COLLATE \"C\"",
        row ->
            new Member(
                RecordJson.read(row.getString(1), Copy.class),
                row.getBoolean(2),
                row.getBoolean(3)));
  }

  @Override
  public OptionalLong lead(String copy, Duration lease) {
    // Whose lead has run out may have missed another one: it begins a new term as well.
    return database
        .first(
            """
            UPDATE copy_lead SET
              term = CASE WHEN until_millis > %1$s THEN term ELSE term + 1 END,
              copy = ?, until_millis = %1$s + ?
            WHERE until_millis <= %1$s OR copy = ?
            RETURNING term
            """
                .formatted(CopyTables.NOW),
            row -> row.getLong(1),
            copy,
            lease.toMillis(),
            copy)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public Optional<String> leader() {
    return database.first(
        "SELECT copy FROM copy_lead WHERE until_millis > " + CopyTables.NOW,
        row -> row.getString(1));
  }

  @Override
  public void resign(String copy) {
    database.update("UPDATE copy_lead SET until_millis = 0 WHERE copy = ?", copy);
  }

  @Override
  public boolean assign(long term, List<Place> places) {
    Set<List<String>> seen = new HashSet<>();
    for (Place place : places) {
      if (!seen.add(List.of(place.stream(), place.share()))) {
        throw new IllegalArgumentException("placed twice: " + place);
      }
    }
    return database.transaction(open -> assign(open, term, places));
  }

  private static boolean assign(Connection open, long term, List<Place> places)
      throws SQLException {
    long epoch;
    try (PreparedStatement lead =
        open.prepareStatement(
            "SELECT epoch FROM copy_lead WHERE term = ? AND until_millis > "
                + CopyTables.NOW
                + " FOR UPDATE")) {
      lead.setLong(1, term);
      try (ResultSet row = lead.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        epoch = row.getLong(1);
      }
    }
    Map<Place, Long> gone = new HashMap<>();
    try (PreparedStatement all =
            open.prepareStatement("SELECT stream, share, copy, epoch FROM copy_assignment");
        ResultSet row = all.executeQuery()) {
      while (row.next()) {
        gone.put(new Place(row.getString(1), row.getString(2), row.getString(3)), row.getLong(4));
      }
    }
    List<Place> come = places.stream().filter(place -> gone.remove(place) == null).toList();
    for (Place place : gone.keySet()) {
      Database.update(
          open,
          "DELETE FROM copy_assignment WHERE stream = ? AND share = ?",
          place.stream(),
          place.share());
    }
    for (Place place : come) {
      Database.update(
          open,
          "INSERT INTO copy_assignment (stream, share, copy, epoch) VALUES (?, ?, ?, ?)",
          place.stream(),
          place.share(),
          place.copy(),
          ++epoch);
    }
    Database.update(open, "UPDATE copy_lead SET epoch = ?", epoch);
    return true;
  }

  @Override
  public List<Assignment> assignments() {
    return database.query(
        "SELECT stream, share, copy, epoch FROM copy_assignment"
            + " ORDER BY stream COLLATE \"C\", share COLLATE \"C\"",
        PostgresCopyDirectory::assignment);
  }

  @Override
  public List<Assignment> assignments(String stream) {
    return database.query(
        "SELECT stream, share, copy, epoch FROM copy_assignment WHERE stream = ?"
            + " ORDER BY share COLLATE \"C\"",
        PostgresCopyDirectory::assignment,
        stream);
  }

  private static Assignment assignment(ResultSet row) throws SQLException {
    return new Assignment(row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
  }

  @Override
  public boolean holds(Assignment assignment) {
    return database
        .first(
            "SELECT 1 FROM copy_assignment JOIN copy ON copy.id = copy_assignment.copy"
                + " WHERE stream = ? AND share = ? AND copy.id = ? AND epoch = ?"
                + " AND until_millis > "
                + CopyTables.NOW,
            row -> true,
            assignment.stream(),
            assignment.share(),
            assignment.copy(),
            assignment.epoch())
        .isPresent();
  }

  @Override
  public void announceChange() {
    database.update("UPDATE copy_changes SET number = number + 1");
  }

  @Override
  public long changes() {
    return database.first("SELECT number FROM copy_changes", row -> row.getLong(1)).orElse(0L);
  }

  @Override
  public void close() {
    database.close();
  }
}
