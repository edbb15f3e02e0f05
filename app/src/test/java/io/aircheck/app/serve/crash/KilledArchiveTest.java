package io.aircheck.app.serve.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.testkit.JvmCommand;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes that archive viewers at random moments, and looks in the files for every report,
 * once.
 */
@Tag("slow")
class KilledArchiveTest {
  private static final int KILLS = Integer.getInteger("aircheck.kills", 6);

  private final List<Process> processes = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void archive_killedAgainAndAgain_hasEveryReportOnce() throws Exception {
    Random random = new Random(11);
    int rounds = KillableArchive.ROUNDS / (KILLS + 1);
    for (int kill = 0; kill < KILLS; kill++) {
      run(1 + random.nextInt(2 * rounds - 1));
    }
    run(Integer.MAX_VALUE);
    assertThat(processes.getLast().waitFor()).isZero();

    String sessions = "'%s/archive/sessions/*/*/*.parquet'".formatted(folder);
    assertThat(row("SELECT sum(reports), sum(views), sum(duplicates), sum(lost) FROM " + sessions))
        .isEqualTo(
            "%d %d 0 0"
                .formatted(
                    KillableArchive.REPORTS,
                    KillableArchive.PLAYERS
                        * (1 + (KillableArchive.ROUNDS - 1) / KillableArchive.ROUNDS_PER_CONTENT)));
    // A player plays from its first report to its last.
    assertThat(
            row(
                "SELECT count(*), min(played), max(played) FROM (SELECT sum(playingMillis) AS"
                    + " played"
                    + " FROM %s GROUP BY session)".formatted(sessions)))
        .isEqualTo(
            "%1$d %2$d %2$d"
                .formatted(KillableArchive.PLAYERS, (KillableArchive.ROUNDS - 1) * 10_000L));
    String minutes = "'%s/archive/minutes/*/*/*.parquet'".formatted(folder);
    assertThat(
            row(
                "SELECT sum(reports), max(windows) FROM %s WHERE grouping = '(all)'"
                    .formatted(minutes)))
        .isEqualTo(KillableArchive.REPORTS + " 6");
  }

  /** Lets a process go on, and kills it when it has told so many lines. */
  private void run(int lines) throws Exception {
    Process process =
        new ProcessBuilder(
                JvmCommand.of(
                    List.of("-Xmx300m"), KillableArchive.class, List.of(folder.toString())))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    processes.add(process);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      int told = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (++told == lines) {
          process.toHandle().destroyForcibly();
        }
      }
    }
  }

  private static String row(String sql) throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        cells.add(row.getString(i));
      }
      return String.join(" ", cells);
    }
  }
}
