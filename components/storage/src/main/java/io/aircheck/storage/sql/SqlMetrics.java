package io.aircheck.storage.sql;

import io.aircheck.core.store.MetricHistory;
import io.aircheck.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Metrics in tables: a row for each curve, and one for each of its seconds or minutes. */
final class SqlMetrics implements MetricHistory {
  private static final long MINUTE_MILLIS = 60_000;

  /** Curves whose old values are put together in one transaction. */
  private static final int CURVES_AT_ONCE = 20;

  private static final String MERGE =
      " ON CONFLICT (series, at_millis) DO UPDATE SET"
          + " count = %1$s.count + excluded.count, sum = %1$s.sum + excluded.sum,"
          + " min = CASE WHEN excluded.min < %1$s.min THEN excluded.min ELSE %1$s.min END,"
          + " max = CASE WHEN excluded.max > %1$s.max THEN excluded.max ELSE %1$s.max END";

  private final Database database;
  private final Map<Series, Long> ids = new HashMap<>();

  SqlMetrics(Database database) {
    this.database = database;
  }

  @Override
  public synchronized void append(List<Sample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    // What a transaction adds to it is not so when that fails.
    Map<Series, Long> known = new HashMap<>(ids);
    try {
      write(samples);
    } catch (StoreException e) {
      ids.keySet().retainAll(known.keySet());
      throw e;
    }
  }

  private void write(List<Sample> samples) {
    database.transaction(
        open -> {
          try (PreparedStatement insert =
              open.prepareStatement(
                  "INSERT INTO metric_second (series, at_millis, count, sum, min, max)"
                      + " VALUES (?, ?, ?, ?, ?, ?)"
                      + MERGE.formatted("metric_second"))) {
            for (Sample sample : samples) {
              Bucket bucket = sample.bucket();
              insert.setLong(1, id(open, sample.series()));
              insert.setLong(2, bucket.fromMillis());
              insert.setLong(3, bucket.count());
              insert.setDouble(4, bucket.sum());
              insert.setDouble(5, bucket.min());
              insert.setDouble(6, bucket.max());
              insert.addBatch();
            }
            return insert.executeBatch().length;
          }
        });
  }

  private long id(Connection open, Series series) throws SQLException {
    Long known = ids.get(series);
    if (known != null) {
      return known;
    }
    String rendition = series.rendition() == null ? "" : series.rendition();
    Database.update(
        open,
        "INSERT INTO metric_series (stream, rendition, track, metric) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (stream, rendition, track, metric) DO NOTHING",
        series.stream(),
        rendition,
        series.track(),
        series.metric());
    try (PreparedStatement find =
        open.prepareStatement(
            "SELECT id FROM metric_series"
                + " WHERE stream = ? AND rendition = ? AND track = ? AND metric = ?")) {
      find.setString(1, series.stream());
      find.setString(2, rendition);
      find.setString(3, series.track());
      find.setString(4, series.metric());
      try (ResultSet row = find.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        ids.put(series, id);
        return id;
      }
    }
  }

  @Override
  public List<Series> series(String stream, long fromMillis, long toMillis) {
    return database.query(
        """
        SELECT stream, rendition, track, metric FROM metric_series AS s WHERE stream = ? AND (
          EXISTS (SELECT 1 FROM metric_second WHERE series = s.id
            AND at_millis >= ? AND at_millis < ?)
          OR EXISTS (SELECT 1 FROM metric_minute WHERE series = s.id
            AND at_millis >= ? AND at_millis < ?))
        ORDER BY metric, rendition, track
        """,
        SqlMetrics::series,
        stream,
        fromMillis,
        toMillis,
        fromMillis,
        toMillis);
  }

  /** The curve that the first four columns name. */
  private static Series series(ResultSet row) throws SQLException {
    String rendition = row.getString(2);
    return new Series(
        row.getString(1),
        rendition.isEmpty() ? null : rendition,
        row.getString(3),
        row.getString(4));
  }

  @Override
  public List<Bucket> query(Series series, long fromMillis, long toMillis, long stepMillis) {
    OptionalLong id = id(series);
    if (id.isEmpty()) {
      return List.of();
    }
    // Each table is asked by its key: put together first, all curves would be looked through.
    return database.query(
        """
        SELECT (at_millis / ?) * ? AS step, SUM(count), SUM(sum), MIN(min), MAX(max) FROM (
          SELECT at_millis, count, sum, min, max FROM metric_second
            WHERE series = ? AND at_millis >= ? AND at_millis < ?
          UNION ALL SELECT at_millis, count, sum, min, max FROM metric_minute
            WHERE series = ? AND at_millis >= ? AND at_millis < ?) AS both_tables
        GROUP BY step ORDER BY step
        """,
        row -> bucket(row, 1),
        stepMillis,
        stepMillis,
        id.getAsLong(),
        fromMillis,
        toMillis,
        id.getAsLong(),
        fromMillis,
        toMillis);
  }

  /** The bucket in five columns from one on. */
  private static Bucket bucket(ResultSet row, int column) throws SQLException {
    return new Bucket(
        row.getLong(column),
        row.getLong(column + 1),
        row.getDouble(column + 2),
        row.getDouble(column + 3),
        row.getDouble(column + 4));
  }

  private record Point(Series series, Bucket bucket) {}

  @Override
  public SortedMap<Series, List<Bucket>> curves(
      String stream, long fromMillis, long toMillis, long stepMillis) {
    List<Point> points =
        database.query(
            """
            SELECT stream, rendition, track, metric, (at_millis / ?) * ? AS step,
              SUM(count), SUM(sum), MIN(min), MAX(max) FROM (
              SELECT s.*, v.at_millis, v.count, v.sum, v.min, v.max
                FROM metric_series AS s JOIN metric_second AS v ON v.series = s.id
                WHERE s.stream = ? AND v.at_millis >= ? AND v.at_millis < ?
              UNION ALL SELECT s.*, v.at_millis, v.count, v.sum, v.min, v.max
                FROM metric_series AS s JOIN metric_minute AS v ON v.series = s.id
                WHERE s.stream = ? AND v.at_millis >= ? AND v.at_millis < ?) AS both_tables
            GROUP BY stream, rendition, track, metric, step ORDER BY step
            """,
            row -> new Point(series(row), bucket(row, 5)),
            stepMillis,
            stepMillis,
            stream,
            fromMillis,
            toMillis,
            stream,
            fromMillis,
            toMillis);
    SortedMap<Series, List<Bucket>> curves = new TreeMap<>(ORDER);
    for (Point point : points) {
      curves.computeIfAbsent(point.series(), series -> new ArrayList<>()).add(point.bucket());
    }
    return curves;
  }

  private OptionalLong id(Series series) {
    return database
        .first(
            "SELECT id FROM metric_series"
                + " WHERE stream = ? AND rendition = ? AND track = ? AND metric = ?",
            row -> row.getLong(1),
            series.stream(),
            series.rendition() == null ? "" : series.rendition(),
            series.track(),
            series.metric())
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  @Override
  public void compact(long secondsBeforeMillis, long minutesBeforeMillis) {
    // A few curves at once, by their keys: whoever else wants the database waits for milliseconds.
    List<Long> curves =
        database.query(
            """
            SELECT id FROM metric_series AS s WHERE
              EXISTS (SELECT 1 FROM metric_second WHERE series = s.id AND at_millis < ?)
              OR EXISTS (SELECT 1 FROM metric_minute WHERE series = s.id AND at_millis < ?)
              OR NOT EXISTS (SELECT 1 FROM metric_second WHERE series = s.id)
            """,
            row -> row.getLong(1),
            secondsBeforeMillis,
            minutesBeforeMillis);
    for (int from = 0; from < curves.size(); from += CURVES_AT_ONCE) {
      compact(
          curves.subList(from, Math.min(curves.size(), from + CURVES_AT_ONCE)),
          secondsBeforeMillis,
          minutesBeforeMillis);
    }
  }

  /** Alone with the ids of curves: samples of one that is forgotten get another id. */
  private synchronized void compact(
      List<Long> curves, long secondsBeforeMillis, long minutesBeforeMillis) {
    List<Long> forgotten = new ArrayList<>();
    database.transaction(
        open -> {
          for (long series : curves) {
            compact(open, series, secondsBeforeMillis, minutesBeforeMillis);
            int removed =
                Database.update(
                    open,
                    "DELETE FROM metric_series WHERE id = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM metric_second WHERE series = ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM metric_minute WHERE series = ?)",
                    series,
                    series,
                    series);
            if (removed > 0) {
              forgotten.add(series);
            }
          }
          return curves.size();
        });
    ids.values().removeAll(forgotten);
  }

  private static void compact(
      Connection open, long series, long secondsBeforeMillis, long minutesBeforeMillis)
      throws SQLException {
    Database.update(
        open,
        "INSERT INTO metric_minute (series, at_millis, count, sum, min, max)"
            + " SELECT series, (at_millis / ?) * ? AS minute, SUM(count), SUM(sum), MIN(min),"
            + " MAX(max) FROM metric_second WHERE series = ? AND at_millis < ?"
            + " GROUP BY series, minute"
            + MERGE.formatted("metric_minute"),
        MINUTE_MILLIS,
        MINUTE_MILLIS,
        series,
        secondsBeforeMillis);
    Database.update(
        open,
        "DELETE FROM metric_second WHERE series = ? AND at_millis < ?",
        series,
        secondsBeforeMillis);
    Database.update(
        open,
        "DELETE FROM metric_minute WHERE series = ? AND at_millis < ?",
        series,
        minutesBeforeMillis);
  }
}
