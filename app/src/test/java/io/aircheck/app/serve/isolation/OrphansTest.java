package io.aircheck.app.serve.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.testkit.JvmCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children do not outlive a service that is killed. */
@Tag("slow")
class OrphansTest {
  private static final int CHILDREN = 2;
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void parent_killed_itsChildrenEnd() throws Exception {
    Path errors = folder.resolve("errors");
    Process parent =
        new ProcessBuilder(
                JvmCommand.of(List.of(), LonelyParent.class, List.of(Integer.toString(CHILDREN))))
            .redirectError(errors.toFile())
            .start();
    List<ProcessHandle> children = List.of();
    try {
      assertThat(parent.inputReader(StandardCharsets.UTF_8).readLine())
          .as(() -> read(errors))
          .isEqualTo("watching");
      children = parent.children().toList();
      assertThat(children).hasSize(CHILDREN);

      parent.destroyForcibly().waitFor();

      for (ProcessHandle child : children) {
        child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      parent.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
