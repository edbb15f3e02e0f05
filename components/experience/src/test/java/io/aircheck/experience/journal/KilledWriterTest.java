package io.aircheck.experience.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.testkit.JvmCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process acknowledged is there after it was killed. */
@Tag("slow")
class KilledWriterTest {
  @TempDir private Path folder;

  @Test
  void killedAgainAndAgain_losesNothingThatWasAcknowledged() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 0; kill < 5; kill++) {
      Process writer =
          new ProcessBuilder(
                  JvmCommand.of(
                      List.of(), KillableWriter.class, List.of(folder.toString(), "life" + kill)))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
        for (int i = 0; i < 2_000 + 500 * kill; i++) {
          acknowledged.add(String.valueOf(out.readLine()));
        }
        writer.destroyForcibly().waitFor();
      }
    }
    JournalPolicy policy = JournalPolicy.of(Duration.ofHours(2), 1_000_000_000, Sync.NEVER);
    assertThat(acknowledged).hasSize(5 * 2_000 + 500 * (1 + 2 + 3 + 4));
    assertThat(Entries.bodies(folder, policy)).doesNotHaveDuplicates().containsAll(acknowledged);
  }
}
