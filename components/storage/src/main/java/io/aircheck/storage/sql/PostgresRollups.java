package io.aircheck.storage.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.core.store.StoreException;
import io.aircheck.core.viewer.RollupSink;
import io.aircheck.core.viewer.RollupWindow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums of windows in the table {@code viewer_rollups}, which is made when it is not there: a row
 * for each window, dimensions and values. A window that is told as a whole takes the place of what
 * was there of it; so what is written again changes nothing. Every row has the number of the
 * transaction that wrote it last, by which {@link PostgresRollupSource} finds what has changed.
 * Needs PostgreSQL 13 or newer.
 */
public final class PostgresRollups implements RollupSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Number of the lock that makers of the table take turns by: the letters "airrolls". */
  private static final long LOCK = 0x61697272_6f6c6c73L;

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS viewer_rollups (
        window_start timestamptz NOT NULL,
        seconds integer NOT NULL,
        grouped_by text NOT NULL,
        dimensions jsonb NOT NULL,
        others boolean NOT NULL,
        weight bigint NOT NULL,
        sums jsonb NOT NULL,
        cell bytea NOT NULL,
        changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
        PRIMARY KEY (window_start, seconds, grouped_by, others, dimensions))
      """;

  /** What a table lacks that an earlier version has made; its rows count as changed just now. */
  private static final String LATER =
      "ALTER TABLE viewer_rollups"
          + " ADD COLUMN IF NOT EXISTS changed xid8 NOT NULL DEFAULT pg_current_xact_id()";

  private static final String INDEX =
      "CREATE INDEX IF NOT EXISTS viewer_rollups_changed ON viewer_rollups (changed)";

  private static final String IS_COMPLETE =
      "SELECT to_regclass('viewer_rollups_changed') IS NOT NULL";

  /** An index of many rows takes its time. */
  private static final int MOST_MAKING_MILLIS = 3_600_000;

  private static final String REMOVE =
      "DELETE FROM viewer_rollups WHERE window_start = ? AND seconds = ? AND grouped_by = ?";

  private static final String KEEP =
      """
      INSERT INTO viewer_rollups
        (window_start, seconds, grouped_by, dimensions, others, weight, sums, cell)
      VALUES (?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, ?)
      ON CONFLICT (window_start, seconds, grouped_by, others, dimensions)
      DO UPDATE SET weight = EXCLUDED.weight, sums = EXCLUDED.sums, cell = EXCLUDED.cell,
        changed = pg_current_xact_id()
      """;

  private final DistantDatabase database;
  private boolean isMade;

  /**
   * Does not connect.
   *
   * @param address such as {@code postgresql://db.example.com:5432/viewers}; parameters of its JDBC
   *     driver may follow
   * @param password may be empty, where the server trusts
   */
  public PostgresRollups(String address, String user, String password) {
    this.database = new DistantDatabase(address, user, password);
  }

  @Override
  public void write(List<RollupWindow> windows) throws IOException {
    try {
      open()
          .transaction(
              connection -> {
                for (RollupWindow window : windows) {
                  write(connection, window);
                }
                return windows.size();
              });
    } catch (StoreException e) {
      throw database.failure(e);
    }
  }

  private Database open() {
    Database known = database.open();
    if (!isMade) {
      int unused = known.transaction(PostgresRollups::make);
      isMade = true;
    }
    return known;
  }

  private static int make(Connection connection) throws SQLException {
    Database.rows(connection, "SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
    if (Database.rows(connection, IS_COMPLETE, row -> row.getBoolean(1)).getFirst()) {
      return 0;
    }
    int patience = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, MOST_MAKING_MILLIS);
    try {
      return Database.update(connection, TABLE)
          + Database.update(connection, LATER)
          + Database.update(connection, INDEX);
    } finally {
      connection.setNetworkTimeout(Runnable::run, patience);
    }
  }

  private static void write(Connection connection, RollupWindow window) throws SQLException {
    Timestamp start = new Timestamp(window.startMillis());
    int seconds = (int) (window.lengthMillis() / 1000);
    String groupedBy = String.join("+", window.dimensions());
    if (window.isWhole()) {
      int unused = Database.update(connection, REMOVE, start, seconds, groupedBy);
    }
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      for (RollupWindow.Row row : window.rows()) {
        keep.setTimestamp(1, start);
        keep.setInt(2, seconds);
        keep.setString(3, groupedBy);
        keep.setString(4, json(dimensions(window, row)));
        keep.setBoolean(5, row.isOthers());
        keep.setLong(6, row.weight());
        keep.setString(7, json(row.sums()));
        keep.setBytes(8, row.cell());
        keep.addBatch();
      }
      keep.executeBatch();
    }
  }

  private static Map<String, String> dimensions(RollupWindow window, RollupWindow.Row row) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (int i = 0; i < row.values().size(); i++) {
      // A zero is the one character that the database has no room for.
      dimensions.put(window.dimensions().get(i), row.values().get(i).replace('\0', '\uFFFD'));
    }
    return dimensions;
  }

  private static String json(Map<String, ?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written", e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
