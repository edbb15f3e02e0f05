package io.aircheck.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import io.aircheck.testkit.PostgresServer;
import io.aircheck.testkit.StoreContract;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract on a real PostgreSQL, which the test brings along; skipped where it does not run.
 */
@Tag("slow")
class PostgresStoreTest extends StoreContract {
  @RegisterExtension private static final PostgresServer SERVER = new PostgresServer(20);

  private static int databases;

  private String database = "";

  @Override
  protected ServiceStore open() {
    database = "store" + ++databases;
    SERVER.create(database);
    return reopen();
  }

  @Override
  protected ServiceStore reopen() {
    return SqlStore.postgres(SERVER.address(database), PostgresServer.USER, "");
  }

  @Test
  void postgres_connectionLost_isMadeAnewWithoutAnybodyNoticing() {
    try (ServiceStore store = open()) {
      store.documents().put("c", "a", "{}", OptionalLong.empty());

      SERVER.cut(database);

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

  /** The server ends the session of a process that has died a moment after it. */
  @Test
  void postgres_usedByOneThatIsEnding_waitsForIt() {
    ServiceStore ending = open();
    CompletableFuture<ServiceStore> next = CompletableFuture.supplyAsync(this::reopen);
    SERVER.awaitWaiter();

    ending.close();

    try (ServiceStore store = next.join()) {
      assertThat(store.documents().list("c")).isEmpty();
    }
  }

  @Test
  void postgres_databaseThatIsNotThere_isOneLineWithoutTheAccount() {
    assertThatThrownBy(
            () ->
                SqlStore.postgres(
                    SERVER.address("nowhere") + "?password=s3cret", PostgresServer.USER, ""))
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
