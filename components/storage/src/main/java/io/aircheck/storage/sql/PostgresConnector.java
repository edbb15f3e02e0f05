package io.aircheck.storage.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Connects to a PostgreSQL database, and keeps others out where one process works alone: two
 * services would tell everything twice. Copies of one service let each other in, and nobody who
 * wants to be alone. The lock belongs to the session and goes with it.
 */
final class PostgresConnector implements Database.Connector {
  /** The state of an object that is in use, as PostgreSQL has it. */
  static final String IN_USE = "55006";

  /** Who else may use the database. */
  enum Use {
    /** Nobody. */
    ALONE("pg_advisory_lock"),
    /** Copies of the same service. */
    SHARED("pg_advisory_lock_shared"),
    /** Anybody: who uses it so is no service, and leaves what services keep to them. */
    BESIDE("");

    private final String lock;

    /**
     * @param lock function that takes a lock; empty: none is taken
     */
    Use(String lock) {
      this.lock = lock;
    }
  }

  /** Number of the lock: the letters "aircheck". */
  private static final long LOCK = 0x61697263_6865636bL;

  /** A session that has just ended keeps its lock for a moment. */
  private static final String LOCK_TIMEOUT = "3s";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String TIMEOUT_SECONDS = "10";

  private final String url;
  private final String user;
  private final String password;
  private final Use use;

  /**
   * @param url of JDBC
   * @param password may be empty, where the server trusts
   */
  PostgresConnector(String url, String user, String password, Use use) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.use = use;
  }

  @Override
  public Connection connect() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("user", user);
    settings.setProperty("password", password);
    settings.setProperty("ApplicationName", "aircheck");
    settings.setProperty("connectTimeout", TIMEOUT_SECONDS);
    settings.setProperty("loginTimeout", TIMEOUT_SECONDS);
    settings.setProperty("socketTimeout", TIMEOUT_SECONDS);
    settings.setProperty("tcpKeepAlive", "true");
    Connection connection = DriverManager.getConnection(url, settings);
    try {
      lock(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void lock(Connection connection) throws SQLException {
    if (use.lock.isEmpty()) {
      return;
    }
    try (Statement settings = connection.createStatement();
        PreparedStatement statement = connection.prepareStatement("SELECT " + use.lock + "(?)")) {
      settings.execute("SET lock_timeout = '" + LOCK_TIMEOUT + "'");
      statement.setLong(1, LOCK);
      statement.execute();
      settings.execute("RESET lock_timeout");
    } catch (SQLException e) {
      throw LOCK_NOT_AVAILABLE.equals(e.getSQLState()) ? inUse(e) : e;
    }
  }

  private SQLException inUse(SQLException cause) {
    return new SQLException(
        use == Use.ALONE
            ? "another aircheck is using this database; stop it, give each its own, or run"
                + " all as copies of one service"
            : "an aircheck that works alone is using this database; stop it, or run it as a"
                + " copy, too",
        IN_USE,
        cause);
  }
}
