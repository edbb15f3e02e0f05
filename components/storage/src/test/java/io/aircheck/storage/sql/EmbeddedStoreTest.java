package io.aircheck.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import io.aircheck.testkit.StoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void embedded_fileThatIsNoDatabase_saysSo(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("aircheck.sqlite"), "this is not a database ".repeat(100));

    assertThatThrownBy(() -> SqlStore.embedded(other))
        .isInstanceOf(StoreException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains("not a database"));
  }
}
