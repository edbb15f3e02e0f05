package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.alert.AlertState;
import io.aircheck.testkit.JvmCommand;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes while they keep what they learnt, and looks for what they said they had kept. */
@Tag("slow")
class KilledAlertsTest {
  private static final int KILLS = Integer.getInteger("aircheck.kills", 6);

  private @Nullable Process process;

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void learnt_killedWhileItIsWritten_isWholeAndTheLatest() throws Exception {
    Random random = new Random(5);
    long first = KillableAlerts.START;
    for (int kill = 0; kill < KILLS; kill++) {
      long kept = killed(1 + random.nextInt(60));
      assertThat(kept).as("it went on where it was").isGreaterThanOrEqualTo(first);

      AlertState state = KillableAlerts.file(folder).read(Long.MAX_VALUE);
      // One more may have been written before that could be said.
      assertThat(state.lastMillis()).isBetween(kept, kept + KillableAlerts.WINDOW);
      assertThat(state.cohorts()).hasSize(300);
      first = state.lastMillis() + KillableAlerts.WINDOW;
    }
  }

  /** Kills a process when it has told so many lines; the latest window that it said was kept. */
  private long killed(int lines) throws Exception {
    Process started =
        new ProcessBuilder(
                JvmCommand.of(
                    List.of("-Xmx200m"), KillableAlerts.class, List.of(folder.toString())))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    process = started;
    long kept = Long.MIN_VALUE;
    int told = 0;
    try (BufferedReader out = started.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        assertThat(line).as("nothing is wrong").doesNotStartWith("!");
        kept = Long.parseLong(line);
        if (++told == lines) {
          started.toHandle().destroyForcibly();
        }
      }
    }
    started.waitFor();
    return kept;
  }
}
