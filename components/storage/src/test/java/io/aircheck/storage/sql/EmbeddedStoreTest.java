package io.aircheck.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.IncidentStore.Query;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import io.aircheck.testkit.StoreContract;
import io.aircheck.testkit.TestIncidents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedStoreTest extends StoreContract {
  @TempDir private Path directory;

  @Override
  protected ServiceStore open() {
    return SqlStore.embedded(directory);
  }

  @Override
  protected ServiceStore reopen() {
    return SqlStore.embedded(directory);
  }

  @Test
  void embedded_usedByAnother_saysSo() {
    assertThatThrownBy(() -> SqlStore.embedded(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another aircheck");
  }

  @Test
  void embedded_directoryThatIsAFile_saysSo() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> SqlStore.embedded(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be created");
  }

  @Test
  void embedded_storeOfAnOlderVersion_isBroughtUp(@TempDir Path old) throws SQLException {
    try (ServiceStore store = SqlStore.embedded(old)) {
      store
          .incidents()
          .commit(
              List.of(
                  new Commit(
                      "news",
                      new byte[0],
                      List.of(TestIncidents.opened("news", 10_000)),
                      List.of())));
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + old.resolve("aircheck.sqlite"));
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE incident DROP COLUMN severity");
      statement.execute("ALTER TABLE incident_change DROP COLUMN revision");
      statement.execute("DELETE FROM schema_version WHERE version > 1");
    }

    try (ServiceStore store = SqlStore.embedded(old)) {
      Query errors = Query.ALL.withSeverities(Set.of(Severity.ERROR));
      assertThat(store.incidents().list(errors, Optional.empty(), 10).items())
          .extracting(Incident::stream)
          .containsExactly("news");
    }
  }

  @Test
  void embedded_fileThatIsNoDatabase_saysSo(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("aircheck.sqlite"), "this is not a database ".repeat(100));

    assertThatThrownBy(() -> SqlStore.embedded(other))
        .isInstanceOf(StoreException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains("not a database"));
  }
}
