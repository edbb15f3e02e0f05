package io.aircheck.benchmarks;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Sample;
import io.aircheck.core.store.MetricHistory.Series;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The tables of the store in DuckDB, as far as {@link HistoryStores} measures them. */
final class DuckDb implements HistoryStores.Metrics, HistoryStores.Incidents {
  private final DuckDBConnection writer;
  private final Connection committer;
  private final Connection reader;
  private final Map<Series, Integer> ids = new HashMap<>();

  private DuckDb(DuckDBConnection writer) throws SQLException {
    this.writer = writer;
    this.committer = writer.duplicate();
    this.reader = writer.duplicate();
    committer.setAutoCommit(false);
    writer.setAutoCommit(false);
  }

  static DuckDb open(Path folder) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("history.duckdb"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SEQUENCE IF NOT EXISTS serials");
      for (String table : List.of("metric_second", "metric_minute")) {
        statement.execute(
            "CREATE TABLE IF NOT EXISTS %s (series INTEGER, at_millis BIGINT, count BIGINT, sum DOUBLE,"
                    .formatted(table)
                + " min DOUBLE, max DOUBLE)");
      }
      statement.execute(
          "CREATE TABLE IF NOT EXISTS fold_state (stream VARCHAR PRIMARY KEY, state BLOB)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS incident (id VARCHAR PRIMARY KEY, stream VARCHAR, state"
              + " VARCHAR, opened_millis BIGINT, body VARCHAR)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS incident_change (serial BIGINT PRIMARY KEY DEFAULT"
              + " nextval('serials'), incident VARCHAR, body VARCHAR)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS outbox (serial BIGINT PRIMARY KEY DEFAULT nextval('serials'),"
              + " incident VARCHAR, channel VARCHAR, body VARCHAR)");
    }
    return new DuckDb(connection.unwrap(DuckDBConnection.class));
  }

  @Override
  public void append(List<Sample> samples) throws SQLException {
    try (DuckDBAppender appender = writer.createAppender("main", "metric_second")) {
      for (Sample sample : samples) {
        Bucket bucket = sample.bucket();
        appender.beginRow();
        appender.append((int) ids.computeIfAbsent(sample.series(), series -> ids.size()));
        appender.append(bucket.fromMillis());
        appender.append(bucket.count());
        appender.append(bucket.sum());
        appender.append(bucket.min());
        appender.append(bucket.max());
        appender.endRow();
      }
    }
    writer.commit();
  }

  @Override
  public List<Bucket> query(Series series, long fromMillis, long toMillis, long stepMillis)
      throws SQLException {
    try (PreparedStatement query =
        reader.prepareStatement(
            "SELECT at_millis // ? * ? AS step, SUM(count), SUM(sum), MIN(min), MAX(max) FROM ("
                + " SELECT * FROM metric_second UNION ALL SELECT * FROM metric_minute)"
                + " WHERE series = ? AND at_millis >= ? AND at_millis < ?"
                + " GROUP BY step ORDER BY step")) {
      query.setLong(1, stepMillis);
      query.setLong(2, stepMillis);
      query.setInt(3, ids.getOrDefault(series, -1));
      query.setLong(4, fromMillis);
      query.setLong(5, toMillis);
      List<Bucket> buckets = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          buckets.add(
              new Bucket(
                  row.getLong(1),
                  row.getLong(2),
                  row.getDouble(3),
                  row.getDouble(4),
                  row.getDouble(5)));
        }
      }
      return buckets;
    }
  }

  @Override
  public void compact(long secondsBeforeMillis, long minutesBeforeMillis) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute(
          "INSERT INTO metric_minute SELECT series, at_millis // 60000 * 60000 AS minute,"
              + " SUM(count), SUM(sum), MIN(min), MAX(max) FROM metric_second"
              + " WHERE at_millis < %d GROUP BY series, minute".formatted(secondsBeforeMillis));
      statement.execute("DELETE FROM metric_second WHERE at_millis < " + secondsBeforeMillis);
      statement.execute("DELETE FROM metric_minute WHERE at_millis < " + minutesBeforeMillis);
    }
    writer.commit();
  }

  @Override
  public void commit(Commit commit) throws SQLException {
    try (PreparedStatement fold =
            committer.prepareStatement(
                "INSERT INTO fold_state VALUES (?, ?)"
                    + " ON CONFLICT (stream) DO UPDATE SET state = excluded.state");
        PreparedStatement incident =
            committer.prepareStatement(
                "INSERT INTO incident VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                    + " state = excluded.state, body = excluded.body");
        PreparedStatement history =
            committer.prepareStatement(
                "INSERT INTO incident_change (incident, body) VALUES (?, ?)");
        PreparedStatement outbox =
            committer.prepareStatement(
                "INSERT INTO outbox (incident, channel, body) VALUES (?, ?, ?)")) {
      fold.setString(1, commit.stream());
      fold.setBytes(2, commit.foldState());
      fold.executeUpdate();
      for (IncidentChange change : commit.changes()) {
        incident.setString(1, change.incident().id());
        incident.setString(2, change.incident().stream());
        incident.setString(3, change.incident().state().name());
        incident.setLong(4, change.incident().openedMillis());
        incident.setString(5, change.incident().toString());
        incident.executeUpdate();
        history.setString(1, change.incident().id());
        history.setString(2, change.toString());
        history.executeUpdate();
      }
      for (Notification notification : commit.notifications()) {
        outbox.setString(1, notification.key());
        outbox.setString(2, "hook");
        outbox.setString(3, notification.toString());
        outbox.executeUpdate();
      }
    }
    committer.commit();
  }

  /** Whether an incident is there. */
  boolean holds(String id) throws SQLException {
    try (PreparedStatement query = reader.prepareStatement("SELECT 1 FROM incident WHERE id = ?")) {
      query.setString(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    reader.close();
    committer.close();
    writer.close();
  }
}
