package io.aircheck.storage.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.core.store.StoreException;
import io.aircheck.core.viewer.RollupSource;
import io.aircheck.core.viewer.RollupWindow;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the table of {@link PostgresRollups}; needs to read it and nothing else. Rows have the
 * number of the transaction that wrote them last. Transactions end in another order than they
 * begin, so what is read next begins with the oldest that had not ended: rows of those beside it
 * come twice, and none is missed. No clock is asked.
 */
public final class PostgresRollupSource implements RollupSource {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String LACKS =
      """
      SELECT CASE
        WHEN to_regclass('viewer_rollups') IS NULL THEN 'table'
        WHEN NOT EXISTS (SELECT 1 FROM pg_attribute
          WHERE attrelid = to_regclass('viewer_rollups') AND attname = 'changed') THEN 'column'
        ELSE '' END
      """;

  private static final String ENDED = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text";

  private static final String CHANGED =
      """
      SELECT DISTINCT window_start, grouped_by FROM viewer_rollups
      WHERE seconds = ? AND window_start >= ? AND changed >= ?::xid8
      ORDER BY window_start
      """;

  private static final String ROWS =
      """
      SELECT dimensions, others, weight, cell, total
      FROM (SELECT dimensions, others, weight, cell, changed, count(*) OVER () AS total
          FROM viewer_rollups WHERE window_start = ? AND seconds = ? AND grouped_by = ?) AS rows
      WHERE changed >= ?::xid8
      """;

  private final DistantDatabase database;

  /** All transactions before this had ended at the last time. */
  private long ended;

  /** Rows of a window by some dimensions. */
  private record Part(Timestamp start, String groupedBy) {
    List<String> dimensions() {
      return groupedBy.isEmpty() ? List.of() : List.of(groupedBy.split("\\+"));
    }
  }

  /** A row, and how many there are beside it. */
  private record Counted(RollupWindow.Row row, int total) {}

  /**
   * Does not connect.
   *
   * @param address such as {@code postgresql://db.example.com:5432/viewers}; parameters of its JDBC
   *     driver may follow
   * @param password may be empty, where the server trusts
   */
  public PostgresRollupSource(String address, String user, String password) {
    this.database = new DistantDatabase(address, user, password);
  }

  @Override
  public void read(long lengthMillis, long fromMillis, Receiver receiver) throws IOException {
    int seconds = (int) (lengthMillis / 1000);
    try {
      Database open = database.open();
      check(open);
      long now = Long.parseLong(open.first(ENDED, row -> row.getString(1)).orElseThrow());
      // A database that was restored counts anew.
      long since = now < ended ? 0 : ended;
      List<Part> parts =
          open.query(
              CHANGED,
              row -> new Part(row.getTimestamp(1), row.getString(2)),
              seconds,
              new Timestamp(fromMillis),
              Long.toString(since));
      for (Part part : parts) {
        if (!give(open, part, seconds, since, receiver)) {
          // A job that began anew has taken rows away.
          give(open, part, seconds, 0, receiver);
        }
      }
      ended = now;
    } catch (StoreException e) {
      throw database.failure(e);
    }
  }

  private void check(Database open) throws IOException {
    String lacks = open.first(LACKS, row -> row.getString(1)).orElseThrow();
    if (lacks.equals("table")) {
      throw database.failure(
          "there is no table viewer_rollups yet; a job makes it (aircheck cluster submit"
              + " --viewers)");
    }
    if (lacks.equals("column")) {
      throw database.failure(
          "the table viewer_rollups is of an earlier version; submit the job of this one, which"
              + " adds what it lacks (aircheck cluster submit --viewers)");
    }
  }

  /** Whether the receiver knows all rows now. */
  private static boolean give(
      Database open, Part part, int seconds, long since, Receiver receiver) {
    List<String> dimensions = part.dimensions();
    List<Counted> rows =
        open.query(
            ROWS,
            row -> counted(row, dimensions),
            part.start(),
            seconds,
            part.groupedBy(),
            Long.toString(since));
    if (rows.isEmpty()) {
      return true;
    }
    RollupWindow window =
        new RollupWindow(
            part.start().getTime(),
            seconds * 1000L,
            dimensions,
            since == 0,
            rows.stream().map(Counted::row).toList());
    return receiver.take(window, rows.getFirst().total()) || since == 0;
  }

  private static Counted counted(ResultSet row, List<String> dimensions) throws SQLException {
    boolean isOthers = row.getBoolean(2);
    List<String> values = isOthers ? List.of() : values(row.getString(1), dimensions);
    return new Counted(
        new RollupWindow.Row(values, isOthers, row.getLong(3), Map.of(), row.getBytes(4)),
        row.getInt(5));
  }

  private static List<String> values(String json, List<String> dimensions) {
    try {
      JsonNode named = JSON.readTree(json);
      List<String> values = new ArrayList<>(dimensions.size());
      dimensions.forEach(dimension -> values.add(named.path(dimension).asText()));
      return values;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a database has texts of JSON that are none", e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
