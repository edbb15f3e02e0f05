package io.aircheck.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void write_again_replacesItAndLeavesNothingBeside() throws Exception {
    Path file = folder.resolve("place");

    AtomicFile.write(file, bytes("a longer one"));
    AtomicFile.write(file, bytes("one"));

    assertThat(file).hasContent("one");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void write_notPossible_leavesTheFileAsItWas() throws Exception {
    Path file = folder.resolve("place");
    AtomicFile.write(file, bytes("before"));
    Files.createDirectory(folder.resolve("place.unfinished"));

    assertThatThrownBy(() -> AtomicFile.write(file, bytes("after")))
        .isInstanceOf(IOException.class);

    assertThat(file).hasContent("before");
  }
}
