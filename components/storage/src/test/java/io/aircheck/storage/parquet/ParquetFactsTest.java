package io.aircheck.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.fact.FactExport.Format;
import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactTable;
import io.aircheck.core.store.StoreException;
import io.aircheck.testkit.FactTableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ParquetFactsTest extends FactTableContract {
  private static final FactLimits LIMITS = new FactLimits(128_000_000, 2, Duration.ofSeconds(60));

  @TempDir private Path folder;

  private final List<FactEngine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(FactEngine::close);
  }

  @Override
  protected ParquetFacts open() {
    return open(new DiskFactFiles(folder));
  }

  private ParquetFacts open(FactFiles files) {
    try {
      engines.add(new FactEngine(LIMITS, folder.resolve("spill")));
      return new ParquetFacts(LAYOUT, files, folder.resolve("work"), engines.getLast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void committed_isThereForTheNextProcessAndStagedIsNot() {
    FactTable before = open();
    before.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 1)));
    before.commit(FIRST);
    before.stage(SECOND, List.of(fact(SECOND, 1, "a", "DE", 2)));
    // It is killed: nobody closes it.
    try (FactTable after = open()) {
      assertThat(after.committed()).isEqualTo(FIRST);
      assertThat(after.ask(question())).containsExactly(line(FIRST, List.of(), 1, 1, 1));
      after.stage(SECOND, List.of(fact(SECOND, 1, "a", "DE", 2)));
      after.commit(SECOND);
      assertThat(after.ask(question())).containsExactly(line(FIRST, List.of(), 2, 3, 1));
    }
  }

  @Test
  void processThatEndsBetweenItsFilesAndItsMark_leavesNothingTwice() throws Exception {
    Path mark = folder.resolve("work/committed");
    FactTable before = open();
    before.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 1)));
    before.commit(FIRST);
    String marked = Files.readString(mark);
    before.stage(SECOND, List.of(fact(FIRST, 2, "a", "DE", 2), fact(SECOND, 1, "a", "DE", 4)));
    before.commit(SECOND);
    Files.writeString(mark, marked);
    try (FactTable after = open()) {
      assertThat(after.ask(question())).containsExactly(line(FIRST, List.of(), 1, 1, 1));
      after.stage(SECOND, List.of(fact(FIRST, 2, "a", "DE", 2), fact(SECOND, 1, "a", "DE", 4)));
      after.commit(SECOND);
      assertThat(after.ask(question())).containsExactly(line(FIRST, List.of(), 3, 7, 2));
    }
  }

  @Test
  void diskThatFails_leavesTheBatchToBeCommittedAgain() {
    int[] left = {1};
    FactFiles failing =
        new ForwardingFiles(new DiskFactFiles(folder)) {
          @Override
          public Entry put(String name, Path file) throws IOException {
            if (left[0]-- <= 0) {
              throw new IOException("No space left on device");
            }
            return super.put(name, file);
          }
        };
    try (FactTable table = open(failing)) {
      table.stage(SECOND, List.of(fact(FIRST, 1, "a", "DE", 1), fact(SECOND, 1, "a", "DE", 2)));
      assertThatThrownBy(() -> table.commit(SECOND))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.mayHeal()).isTrue())
          .hasMessageContaining("No space left");
      FactLine all = line(FIRST, List.of(), 2, 3, 1);
      assertThat(table.ask(question())).containsExactly(all);
      assertThat(table.committed()).isEqualTo(FactTable.NOTHING);
      left[0] = 10;
      table.commit(SECOND);
      assertThat(table.ask(question())).containsExactly(all);
    }
  }

  @Test
  void files_lieByHoursAndCanBeReadByOthers() throws Exception {
    try (FactTable table = open()) {
      table.stage(
          SECOND,
          List.of(
              fact(FIRST, 1, "it's", null, 1),
              fact(SECOND, 2, "a", "DE", 2),
              fact(SECOND, 3, "a", "DE", 4)));
      table.commit(SECOND);
    }
    List<String> names;
    try (Stream<Path> files = Files.walk(folder.resolve("visits"))) {
      names =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString())
              .sorted()
              .toList();
    }
    assertThat(names).hasSize(2);
    assertThat(names.getFirst())
        .matches("visits/date=2027-01-15/hour=08/[0-9a-f]{12}-2027011509\\.parquet");
    assertThat(names.getLast()).startsWith("visits/date=2027-01-15/hour=09/");
    assertThat(
            rows(
                "SELECT hour, count(*), sum(millis), min(country), min(labels['tier']),"
                    + " epoch_ms(max(went)), min(reason) FROM '%s/visits/*/*/*.parquet'"
                        .formatted(folder)
                    + " GROUP BY hour ORDER BY hour"))
        .containsExactly(
            "08 1 1 null tin %d left".formatted(FIRST + 1000),
            "09 2 6 DE gold %d left".formatted(SECOND + 1000));
  }

  @Test
  void filesOfAnEarlierVersion_lackWhatTheyDoNotHave() throws Exception {
    Path old = Files.createDirectories(folder.resolve("visits/date=2027-01-15/hour=08"));
    rows(
        "COPY (SELECT to_timestamp(%d) AS time, 7 AS visitor, 'old' AS page, 5 AS visits) TO '%s'"
            .formatted(FIRST / 1000, old.resolve("other-2027011508.parquet")));
    try (FactTable table = open()) {
      table.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 1)));
      for (int round = 0; round < 2; round++) {
        assertThat(table.ask(question("page")))
            .containsExactlyInAnyOrder(
                line(FIRST, List.of("a"), 1, 1, 1), line(FIRST, List.of("old"), 5, 0, 1));
        table.commit(FIRST);
      }
      assertThat(table.erase("visitor", 7)).isTrue();
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 1, 1, 1));
    }
  }

  @Test
  void fileThatSomebodyRemoved_isMissedAndNothingElse() throws Exception {
    try (FactTable table = open()) {
      table.stage(SECOND, List.of(fact(FIRST, 1, "a", "DE", 1), fact(SECOND, 1, "a", "DE", 2)));
      table.commit(SECOND);
      try (Stream<Path> files = Files.walk(folder.resolve("visits"))) {
        for (Path file : files.filter(f -> f.toString().contains("hour=08/")).toList()) {
          Files.delete(file);
        }
      }
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 1, 2, 1));
    }
  }

  @Test
  void erased_isInNoFile() throws Exception {
    try (FactTable table = open()) {
      table.stage(FIRST, List.of(fact(FIRST, 1, "only", "DE", 1)));
      table.commit(FIRST);
      table.stage(
          SECOND, List.of(fact(SECOND, 1, "one of", "DE", 2), fact(SECOND, 2, "b", "DE", 4)));
      table.erase("visitor", 1);
      table.commit(SECOND);
    }
    assertThat(folder.resolve("visits/date=2027-01-15/hour=08")).doesNotExist();
    assertThat(rows("SELECT visitor, page FROM '%s/visits/*/*/*.parquet'".formatted(folder)))
        .containsExactly("2 b");
  }

  @Test
  void export_hasWhatFitsInBothForms() throws Exception {
    try (ParquetFacts table = open()) {
      table.stage(FIRST, List.of(fact(FIRST, 1, "a", null, 1), fact(FIRST, 2, "b", "DE", 2)));
      table.commit(FIRST);
      table.stage(SECOND, List.of(fact(SECOND, 2, "b", "DE", 4)));
      Path parquet = folder.resolve("export.parquet");
      table.export(FIRST, SECOND + 1, Map.of("tier", "gold"), Format.PARQUET, parquet);
      assertThat(rows("SELECT visitor, millis FROM '%s' ORDER BY millis".formatted(parquet)))
          .containsExactly("2 2", "2 4");
      Path csv = folder.resolve("export.csv");
      table.export(FIRST, SECOND, Map.of(), Format.CSV, csv);
      assertThat(Files.readAllLines(csv))
          .containsExactlyInAnyOrder(
              "time,visitor,page,country,labels,came,went,reason,visits,millis",
              "2027-01-15T08:00:00.000Z,1,a,,\"{\"\"tier\"\":\"\"tin\"\"}\","
                  + "2027-01-15T08:00:00.000Z,2027-01-15T08:00:01.000Z,left,1,1",
              "2027-01-15T08:00:00.000Z,2,b,DE,\"{\"\"tier\"\":\"\"gold\"\"}\","
                  + "2027-01-15T08:00:00.000Z,2027-01-15T08:00:01.000Z,left,1,2");
    }
  }

  @Test
  void folderOfADamagedMark_isRefused() throws Exception {
    Files.createDirectories(folder.resolve("work"));
    Files.writeString(folder.resolve("work/committed"), "nonsense");
    assertThatThrownBy(this::open).hasMessageContaining("damaged");
  }

  @Test
  void questionThatWaitsForOthersTooLong_isRefused() throws Exception {
    FactLimits impatient = new FactLimits(128_000_000, 1, Duration.ofSeconds(2));
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    try (FactEngine engine = new FactEngine(impatient, folder.resolve("spill"));
        FactTable table =
            new ParquetFacts(LAYOUT, new DiskFactFiles(folder), folder.resolve("work"), engine)) {
      Thread other =
          Thread.ofPlatform()
              .start(
                  () ->
                      engine.asking(
                          () -> {
                            asking.countDown();
                            return awaited(refused);
                          }));
      asking.await();
      assertThatThrownBy(() -> table.ask(question()))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.mayHeal()).isTrue())
          .hasMessageContaining("others are asking");
      refused.countDown();
      other.join();
      assertThat(table.ask(question())).isEmpty();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void questionThatTakesTooLong_isGivenUp() {
    FactLimits impatient = new FactLimits(128_000_000, 1, Duration.ofSeconds(2));
    String endless =
        "(SELECT to_timestamp(%d) AS time, 'a' AS page, 1 AS visits, 1 AS millis, range AS visitor"
                .formatted(FIRST / 1000)
            + " FROM range(1000000000000))";
    try (FactEngine engine = new FactEngine(impatient, folder.resolve("spill"))) {
      FactReader reader = new FactReader(new FactSql(LAYOUT), engine);
      FactQuestion sum =
          new FactQuestion(
              FIRST, SECOND, 0, Map.of(), List.of("page"), List.of("visits"), List.of());
      assertThatThrownBy(() -> reader.ask(sum, endless))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.mayHeal()).isTrue())
          .hasMessageContaining("took too long");
      assertThat(reader.ask(sum, endless.replace("1000000000000", "5"))).hasSize(1);
    }
  }

  /** What DuckDB finds that knows nothing of the table. */
  private static List<String> rows(String sql) throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = other.createStatement()) {
      List<String> rows = new ArrayList<>();
      if (!statement.execute(sql)) {
        return rows;
      }
      try (ResultSet row = statement.getResultSet()) {
        while (row.next()) {
          StringBuilder text = new StringBuilder();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            text.append(i == 1 ? "" : " ").append(row.getString(i));
          }
          rows.add(text.toString());
        }
      }
      return rows;
    }
  }
}
