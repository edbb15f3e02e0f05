package io.aircheck.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The tables of copies, which are made apart from those of the store: only PostgreSQL has them. */
final class CopyTables {
  /** Number of the lock under which tables are made: the letters "aircopy". */
  private static final long MAKING = 0x616972_636f7079L;

  /** Of the statement, not of the transaction, which may have waited for another one. */
  static final String NOW = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

  private static final String[] STATEMENTS = {
    """
    CREATE TABLE IF NOT EXISTS copy (
      id TEXT PRIMARY KEY, draining BOOLEAN NOT NULL, until_millis BIGINT NOT NULL,
      sent BIGINT NOT NULL, body TEXT NOT NULL)
    """,
    "ALTER TABLE copy ADD COLUMN IF NOT EXISTS used TEXT",
    """
    CREATE TABLE IF NOT EXISTS copy_assignment (
      stream TEXT NOT NULL, share TEXT NOT NULL, copy TEXT NOT NULL, epoch BIGINT NOT NULL,
      PRIMARY KEY (stream, share))
    """,
    """
    CREATE TABLE IF NOT EXISTS copy_lead (
      one INTEGER PRIMARY KEY CHECK (one = 1), copy TEXT NOT NULL, until_millis BIGINT NOT NULL,
      term BIGINT NOT NULL, epoch BIGINT NOT NULL)
    """,
    "INSERT INTO copy_lead VALUES (1, '', 0, 0, 0) ON CONFLICT (one) DO NOTHING",
    """
    CREATE TABLE IF NOT EXISTS copy_changes (
      one INTEGER PRIMARY KEY CHECK (one = 1), number BIGINT NOT NULL)
    """,
    "INSERT INTO copy_changes VALUES (1, 0) ON CONFLICT (one) DO NOTHING",
    """
    CREATE TABLE IF NOT EXISTS copy_input (
      serial BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, copy TEXT NOT NULL,
      number BIGINT NOT NULL, epoch BIGINT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL,
      answer BOOLEAN, answered_millis BIGINT)
    """,
    "CREATE INDEX IF NOT EXISTS copy_input_by_sender ON copy_input (copy, number)",
    """
    CREATE TABLE IF NOT EXISTS copy_status (
      stream TEXT NOT NULL, share TEXT NOT NULL, copy TEXT NOT NULL, epoch BIGINT NOT NULL,
      cores DOUBLE PRECISION NOT NULL, at_millis BIGINT NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (stream, share))
    """,
    "CREATE INDEX IF NOT EXISTS copy_status_by_time ON copy_status (at_millis)",
  };

  private CopyTables() {}

  /** Connects as one of several, and makes the tables that are not there. */
  static Database open(String address, String user, String password) {
    Database database =
        new Database(
            new PostgresConnector("jdbc:" + address, user, password, PostgresConnector.Use.SHARED),
            Dialect.POSTGRESQL);
    database.transaction(CopyTables::make);
    return database;
  }

  private static int make(Connection open) throws SQLException {
    // Copies start together: "if not exists" alone fails when two of them make the same table.
    try (PreparedStatement lock = open.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, MAKING);
      lock.execute();
    }
    int made = 0;
    for (String statement : STATEMENTS) {
      made += Database.update(open, statement);
    }
    return made;
  }
}
