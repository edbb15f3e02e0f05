package io.aircheck.storage.sql;

import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.testkit.CopyDirectoryContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract on a real PostgreSQL, where two connections stand for two processes. */
@Tag("slow")
class PostgresCopyDirectoryTest extends CopyDirectoryContract {
  private static @Nullable EmbeddedPostgres server;
  private static int databases;

  private String database = "";

  @BeforeAll
  static void startServer() {
    try {
      server = EmbeddedPostgres.builder().setServerConfig("max_connections", "20").start();
    } catch (IOException | IllegalStateException e) {
      Assumptions.abort("PostgreSQL does not run here: " + e.getMessage());
    }
  }

  @AfterAll
  static void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static String address(String name) {
    EmbeddedPostgres running = server;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return "postgresql://localhost:%d/%s".formatted(running.getPort(), name);
  }

  private static void execute(String name, String sql) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + address(name), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected CopyDirectory open() {
    database = "copies" + ++databases;
    execute("postgres", "CREATE DATABASE " + database);
    return openAgain();
  }

  @Override
  protected CopyDirectory openAgain() {
    return new PostgresCopies(address(database), "postgres", "").directory();
  }

  /** Nobody can set the clock of the server: all leases end earlier instead. */
  @Override
  protected void pass(Duration time) {
    String earlier = " SET until_millis = until_millis - " + time.toMillis();
    execute(database, "UPDATE copy" + earlier);
    execute(database, "UPDATE copy_lead" + earlier);
  }
}
