package io.aircheck.experience.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @SuppressWarnings("NullAway.Init")
  private LogProcess process;

  @SuppressWarnings("NullAway.Init")
  private LogTail tail;

  @BeforeEach
  void start() throws Exception {
    file = Files.createDirectories(folder.resolve("log")).resolve("access.log");
    Files.writeString(file, LogProcess.lines("before"));
    process = new LogProcess(folder);
    tail = process.tail(file);
    tail.look();
  }

  @AfterEach
  void stop() throws Exception {
    tail.close();
    process.close();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The process ends without a word, and the next one begins to look. */
  private void kill() throws Exception {
    process.journal.close();
    tail.close();
    process = new LogProcess(folder);
    tail = process.tail(file);
  }

  private Path rotate(String name) throws IOException {
    return Files.move(file, file.resolveSibling(name));
  }

  @Test
  void veryFirstLook_leavesOutWhatIsThere() throws Exception {
    assertThat(process.sessions()).isEmpty();

    write(LogProcess.lines("a", "b"));
    tail.look();

    assertThat(process.sessions()).containsExactly("a", "b");
    assertThat(tail.problem()).isEmpty();
    assertThat(tail.intake().lines()).isEqualTo(2);
  }

  @Test
  void report_hasWhatTheLogAndItsSettingsTell_andNoAddress() throws Exception {
    write(LogProcess.lines("a"));
    tail.look();

    assertThat(process.reports().getFirst().attributes())
        .containsEntry(Attributes.CDN, "north")
        .containsEntry(Attributes.COUNTRY, "SE")
        .containsEntry(Attributes.NETWORK, "AS64500");
    process.save(tail.intake());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path kept : files.filter(Files::isRegularFile).filter(f -> !f.equals(file)).toList()) {
        assertThat(Files.readString(kept, StandardCharsets.ISO_8859_1))
            .as(kept.toString())
            .doesNotContain("192.0.2.77", "77.77");
      }
    }
  }

  @Test
  void halfALine_isLeftUntilItIsWhole() throws Exception {
    String line = LogProcess.line("a");
    write(line.substring(0, 30));
    tail.look();
    assertThat(process.sessions()).isEmpty();
    assertThat(tail.behindBytes()).isEqualTo(30);

    write(line.substring(30) + LogProcess.line("b").substring(0, 50));
    tail.look();

    assertThat(process.sessions()).containsExactly("a");
    assertThat(tail.intake().counters().rejected(Rejection.MALFORMED)).isZero();
  }

  @Test
  void fileThatIsRenamed_isReadToItsEndBeforeTheNext() throws Exception {
    write(LogProcess.lines("a"));
    Path old = rotate("access.log.1");
    write(LogProcess.lines("d"));
    tail.look();
    Files.writeString(old, LogProcess.lines("b") + "{\"half", StandardOpenOption.APPEND);
    tail.look();
    assertThat(process.sessions()).containsExactly("a", "b");

    tail.look();
    tail.look();

    assertThat(process.sessions()).containsExactly("a", "b", "d");
    write(LogProcess.lines("e"));
    tail.look();
    assertThat(process.sessions()).containsExactly("a", "b", "d", "e");
  }

  @Test
  void fileThatIsCut_isReadFromItsBeginning() throws Exception {
    write(LogProcess.lines("a", "b"));
    tail.look();
    Files.writeString(file, LogProcess.lines("c"));

    tail.look();

    assertThat(process.sessions()).containsExactly("a", "b", "c");
  }

  @Test
  void fileThatIsCutAndLongerThanBefore_isKnownToBeAnother() throws Exception {
    write(LogProcess.lines("a"));
    tail.look();
    Files.writeString(file, LogProcess.lines("c", "d", "e", "f"));

    tail.look();

    assertThat(process.sessions()).containsExactly("a", "c", "d", "e", "f");
  }

  @Test
  void fileThatIsCopiedAndCut_isReadOnInItsCopy() throws Exception {
    write(LogProcess.lines("a"));
    tail.look();
    write(LogProcess.lines("b"));
    Files.copy(file, file.resolveSibling("access.log.1"));
    Files.writeString(file, LogProcess.lines("c"));

    for (int look = 0; look < 3; look++) {
      tail.look();
    }

    assertThat(process.sessions()).containsExactly("a", "b", "c");
  }

  @Test
  void killBetweenTwoBatches_neitherLosesNorDoubles() throws Exception {
    write(LogProcess.lines("a", "b"));
    tail.look();
    kill();
    write(LogProcess.lines("c"));
    tail.look();
    kill();
    tail.look();

    assertThat(process.sessions()).containsExactly("a", "b", "c");
  }

  @Test
  void killAfterItsPlaceWasSaved_countsWhatTheJournalHasBeyondIt() throws Exception {
    write(LogProcess.lines("a"));
    tail.look();
    process.save(tail.intake());
    write(LogProcess.lines("b"));
    tail.look();
    kill();
    write(LogProcess.lines("c"));
    tail.look();

    assertThat(process.sessions()).containsExactly("a", "b", "c");
  }

  @Test
  void rotationWhileNobodyLooks_isFoundByTheBeginningOfTheFile() throws Exception {
    write(LogProcess.lines("a"));
    tail.look();
    write(LogProcess.lines("b"));
    kill();
    rotate("access.log-20261128");
    write(LogProcess.lines("c"));

    for (int look = 0; look < 3; look++) {
      tail.look();
    }

    assertThat(process.sessions()).containsExactly("a", "b", "c");
  }

  @Test
  void fileThatIsMissing_isToldAndReadWhenItIsThere() throws Exception {
    Path later = file.resolveSibling("later.log");
    try (LogTail other = process.tail(later)) {
      other.look();
      assertThat(other.problem())
          .contains("log edge: there is no file " + later + "; it is read once it is there");

      Files.writeString(later, LogProcess.lines("a"));
      other.look();

      assertThat(other.problem()).isEmpty();
      assertThat(process.sessions()).containsExactly("a");
    }
  }

  @Test
  void linesThatCannotBeKept_comeAgain() throws Exception {
    process.full(true);
    write(LogProcess.lines("a"));
    tail.look();
    assertThat(tail.problem()).contains("log edge: the disk is full");
    assertThat(tail.behindBytes()).isPositive();
    assertThat(tail.intake().lines()).isZero();

    process.full(false);
    tail.look();

    assertThat(tail.problem()).isEmpty();
    assertThat(process.sessions()).containsExactly("a");
  }

  @Test
  void manyLines_areTakenInSeveralEntriesAndEachOnce() throws Exception {
    int count = 3000;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(LogProcess.line("s" + i));
    }
    write(lines.toString());

    tail.look();

    assertThat(process.journal.end()).isGreaterThan(1);
    assertThat(process.sessions()).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void lineThatIsTooLong_isLeftOut() throws Exception {
    write("x".repeat(LogIntake.MOST_BYTES + 100) + "\n" + LogProcess.lines("a"));

    tail.look();

    assertThat(process.sessions()).containsExactly("a");
    assertThat(tail.intake().counters().rejected(Rejection.TOO_LARGE)).isEqualTo(1);
  }

  @Test
  void lineOfTomorrow_isNotTaken() throws Exception {
    write(LogProcess.line("late", LogProcess.NOW - 300_000));
    write(LogProcess.line("tomorrow", LogProcess.NOW + 86_400_000));

    tail.look();

    assertThat(process.sessions()).containsExactly("late");
    assertThat(tail.intake().counters().rejected(Rejection.CLOCK_IMPOSSIBLE)).isEqualTo(1);
    assertThat(tail.intake().lateMillis()).isEqualTo(300_000);
  }

  @Test
  void linesOfSeveralServers_areInTheOrderOfTheirTimes() throws Exception {
    write(
        LogProcess.line("a", LogProcess.NOW - 1000) + LogProcess.line("a", LogProcess.NOW - 9000));

    tail.look();

    assertThat(process.reports().stream().map(report -> report.receivedMillis()).toList())
        .isEqualTo(List.of(LogProcess.NOW - 9000, LogProcess.NOW - 1000));
  }
}
