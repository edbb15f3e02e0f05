package io.aircheck.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL for the tests of a class, on a free port of this machine, from its first test
 * to its last; they are skipped where it does not run. To be registered as a static extension.
 */
public final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
  /** Who may do everything there, without a password. */
  public static final String USER = "postgres";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String OWN_DATABASE = "postgres";

  private final int connections;
  private @Nullable EmbeddedPostgres running;

  /**
   * @param connections that it allows at a time
   */
  public PostgresServer(int connections) {
    this.connections = connections;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    try {
      running =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", Integer.toString(connections))
              .setPGStartupWait(PATIENCE)
              .start();
    } catch (IOException | IllegalStateException e) {
      Assumptions.abort("PostgreSQL does not run here: " + e.getMessage());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (running != null) {
      running.close();
    }
  }

  /** Address of the database that is there from the beginning. */
  public String address() {
    return address(OWN_DATABASE);
  }

  /** Address of a database, as the settings of a service want it. */
  public String address(String database) {
    EmbeddedPostgres server = running;
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return "postgresql://localhost:%d/%s".formatted(server.getPort(), database);
  }

  /** Makes a database. */
  public void create(String database) {
    execute(OWN_DATABASE, "CREATE DATABASE " + database);
  }

  /** Ends all connections to a database. */
  public void cut(String database) {
    execute(
        OWN_DATABASE,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(database));
  }

  /** Takes new connections to a database, or none; those that are there stay. */
  public void allow(String database, boolean allowed) {
    execute(OWN_DATABASE, "ALTER DATABASE %s ALLOW_CONNECTIONS %s".formatted(database, allowed));
  }

  /**
   * Waits until somebody waits for a lock, of whichever database.
   *
   * @throws IllegalStateException when nobody does within a minute
   */
  public void awaitWaiter() {
    try (Connection connection = DriverManager.getConnection("jdbc:" + address(), USER, "");
        Statement statement = connection.createStatement()) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      boolean waits = false;
      while (!waits) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("nobody waits for a lock");
        }
        try (ResultSet waiter = statement.executeQuery("SELECT FROM pg_locks WHERE NOT granted")) {
          waits = waiter.next();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Executes a statement in a database. */
  public void execute(String database, String sql) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + address(database), USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
