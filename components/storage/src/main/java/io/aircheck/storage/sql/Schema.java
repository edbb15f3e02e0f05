package io.aircheck.storage.sql;

import io.aircheck.core.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Tables of the store, version by version: a store made by an older Aircheck is brought up. */
final class Schema {
  private Schema() {}

  /** Statements that lead from each version to the next, the first from nothing. */
  private static List<List<String>> versions(Dialect dialect) {
    return List.of(
        List.of(
            "CREATE TABLE fold_state (stream TEXT PRIMARY KEY, state %s NOT NULL)"
                .formatted(dialect.bytes()),
            """
            CREATE TABLE incident (
              id TEXT PRIMARY KEY, stream TEXT NOT NULL, cause TEXT NOT NULL, state TEXT NOT NULL,
              opened_millis BIGINT NOT NULL, first_seen_millis BIGINT NOT NULL,
              last_seen_millis BIGINT NOT NULL, body TEXT NOT NULL)
            """,
            "CREATE INDEX incident_by_opening ON incident (opened_millis, id)",
            "CREATE INDEX incident_by_stream ON incident (stream, opened_millis, id)",
            "CREATE INDEX incident_by_state ON incident (state, last_seen_millis)",
            """
            CREATE TABLE incident_change (
              serial %s, incident TEXT NOT NULL, type TEXT NOT NULL, at_millis BIGINT NOT NULL,
              body TEXT NOT NULL)
            """
                .formatted(dialect.serial()),
            "CREATE INDEX incident_change_by_incident ON incident_change (incident, serial)",
            """
            CREATE TABLE outbox (
              serial %s, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, incident TEXT NOT NULL,
              status TEXT NOT NULL, attempts INTEGER NOT NULL, created_millis BIGINT NOT NULL,
              next_attempt_millis BIGINT NOT NULL, settled_millis BIGINT, answer TEXT NOT NULL,
              body TEXT NOT NULL)
            """
                .formatted(dialect.serial()),
            "CREATE INDEX outbox_by_due ON outbox (status, next_attempt_millis)",
            "CREATE INDEX outbox_by_incident ON outbox (incident, serial)",
            """
            CREATE TABLE document (
              collection TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
              revision BIGINT NOT NULL, PRIMARY KEY (collection, id))
            """,
            """
            CREATE TABLE metric_series (
              id %s, stream TEXT NOT NULL, rendition TEXT NOT NULL, track TEXT NOT NULL,
              metric TEXT NOT NULL, UNIQUE (stream, rendition, track, metric))
            """
                .formatted(dialect.serial()),
            buckets("metric_second", ""),
            buckets("metric_minute", "")),
        List.of(
            "ALTER TABLE incident ADD COLUMN severity TEXT NOT NULL DEFAULT ''",
            "UPDATE incident SET severity = " + dialect.fieldOf("body", "severity"),
            "ALTER TABLE incident_change ADD COLUMN revision BIGINT NOT NULL DEFAULT 0",
            "UPDATE incident_change SET revision = "
                + dialect.numberOf("body", "incident", "revision")),
        // By their keys, the values of a curve lie side by side, and there is no index beside them.
        Stream.of("metric_second", "metric_minute")
            .flatMap(
                table ->
                    Stream.of(
                        "ALTER TABLE %s RENAME TO %s_before".formatted(table, table),
                        buckets(table, dialect.byKey()),
                        "INSERT INTO %s SELECT * FROM %s_before".formatted(table, table),
                        "DROP TABLE %s_before".formatted(table)))
            .toList());
  }

  private static String buckets(String table, String byKey) {
    return """
    CREATE TABLE %s (
      series BIGINT NOT NULL, at_millis BIGINT NOT NULL, count BIGINT NOT NULL,
      sum DOUBLE PRECISION NOT NULL, min DOUBLE PRECISION NOT NULL,
      max DOUBLE PRECISION NOT NULL, PRIMARY KEY (series, at_millis))%s
    """
        .formatted(table, byKey);
  }

  /**
   * Creates what is missing.
   *
   * @throws StoreException when the store was made by a newer Aircheck
   */
  static void bringUp(Database database) {
    List<List<String>> versions = versions(database.dialect());
    // As a whole, one process after the other: copies of a service start together.
    database.transaction(
        open -> {
          for (String statement : database.dialect().lockSchema()) {
            Database.rows(open, statement, row -> true);
          }
          return bringUp(open, versions);
        });
  }

  private static int bringUp(Connection open, List<List<String>> versions) throws SQLException {
    Database.update(open, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    int version =
        Database.rows(open, "SELECT MAX(version) FROM schema_version", row -> row.getInt(1))
            .getFirst();
    if (version > versions.size()) {
      throw new StoreException(
          "the store has version %d, this Aircheck knows versions up to %d; use a newer one"
              .formatted(version, versions.size()),
          false,
          null);
    }
    for (int next = version + 1; next <= versions.size(); next++) {
      for (String statement : versions.get(next - 1)) {
        Database.update(open, statement);
      }
      Database.update(open, "INSERT INTO schema_version (version) VALUES (?)", next);
    }
    return versions.size();
  }
}
