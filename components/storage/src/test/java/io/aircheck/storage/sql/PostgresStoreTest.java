package io.aircheck.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import io.aircheck.testkit.StoreContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contract on a real PostgreSQL, which the test brings along; skipped where it does not run.
 */
@Tag("slow")
class PostgresStoreTest extends StoreContract {
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

  private static int port() {
    EmbeddedPostgres running = server;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running.getPort();
  }

  private static String address(String name) {
    return "postgresql://localhost:%d/%s".formatted(port(), name);
  }

  private static void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + address("postgres"), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected ServiceStore open() {
    database = "store" + ++databases;
    execute("CREATE DATABASE " + database);
    return reopen();
  }

  @Override
  protected ServiceStore reopen() {
    return SqlStore.postgres(address(database), "postgres", "");
  }

  @Test
  void postgres_connectionLost_isMadeAnewWithoutAnybodyNoticing() {
    try (ServiceStore store = open()) {
      store.documents().put("c", "a", "{}", OptionalLong.empty());

      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
              .formatted(database));

      assertThat(store.documents().find("c", "a")).isPresent();
      store.documents().put("c", "b", "{}", OptionalLong.empty());
      assertThat(store.documents().list("c")).hasSize(2);
    }
  }

  @Test
  void postgres_usedByAnother_saysSo() {
    try (ServiceStore first = open()) {
      assertThatThrownBy(this::reopen)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another aircheck is using this database");
      assertThat(first.documents().list("c")).isEmpty();
    }
  }

  @Test
  void postgres_databaseThatIsNotThere_isOneLineWithoutTheAccount() {
    assertThatThrownBy(
            () -> SqlStore.postgres(address("nowhere") + "?password=s3cret", "postgres", ""))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nowhere")
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("\n");
  }

  @Test
  void postgres_nobodyThere_mayHeal() {
    assertThatThrownBy(() -> SqlStore.postgres("postgresql://127.0.0.1:1/a", "a", ""))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.mayHeal()).isTrue());
  }
}
