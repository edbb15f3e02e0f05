package io.aircheck.experience.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.portable.LoggedReports;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One viewer watches for half an hour, and the lines of a log come much later. */
@Tag("slow")
class LateLinesTest {
  private static final long HOUR = ArchivePolicy.HOUR_MILLIS;
  private static final long MINUTE = ArchivePolicy.MINUTE_MILLIS;
  private static final long START = 500_000 * HOUR + 5 * MINUTE;
  private static final int WATCHED_SECONDS = 1800;
  private static final ArchivePolicy POLICY =
      ArchivePolicy.keeping(Duration.ofDays(30), Duration.ofDays(90));

  /** When each batch of five minutes comes, in minutes: 20 to 45 after its lines. */
  private static final List<Integer> BATCHES = List.of(25, 35, 40, 54, 60, 65);

  @TempDir private Path folder;

  private final FakeClock clock = new FakeClock();
  private final KilledTable sessions = new KilledTable(SessionFacts.LAYOUT);
  private final KilledTable minutes = new KilledTable(MinuteFacts.LAYOUT);

  @SuppressWarnings("NullAway.Init")
  private ArchivedViewers process;

  @BeforeEach
  void start() throws Exception {
    clock.advance(Duration.ofMillis(START));
    process = new ArchivedViewers(folder, clock, sessions, minutes, POLICY);
  }

  @AfterEach
  void stop() throws Exception {
    process.journal.close();
  }

  private void kill() throws IOException {
    process.journal.close();
    sessions.kill();
    minutes.kill();
    process = new ArchivedViewers(folder, clock, sessions, minutes, POLICY);
  }

  /** A request each four seconds. */
  private static List<ViewerReport> lines(int fromSecond, int toSecond) {
    return lines("viewer", fromSecond, toSecond);
  }

  private static List<ViewerReport> lines(String session, int fromSecond, int toSecond) {
    List<ViewerReport> lines = new ArrayList<>();
    for (int second = fromSecond; second < toSecond; second += 4) {
      long at = START + second * 1000L;
      Facts facts = Facts.facts().content("channel-1").bitrateKbps(3000).build();
      lines.add(
          new ViewerReport(session, "requests", -1, at, at, facts, Map.of("cdn", "cloudfront")));
    }
    return lines;
  }

  private void comes(int batch) {
    comes(batch, lines(batch * 300, batch * 300 + 300));
  }

  private void comes(int batch, List<ViewerReport> lines) {
    LoggedReports logged = new LoggedReports("cdn", "bucket", "mark " + batch, lines);
    Arrival arrival = new Arrival(clock.millis(), "requests", Map.of());
    assertThat(
            process.collector.keep(
                new JournalEntry(ReportSchema.LOGGED, arrival, logged.bytes()), logged.reports()))
        .as("a problem")
        .isNull();
  }

  private void play(int lengthMinutes, int killMinute) throws IOException {
    for (int second = 0; second < lengthMinutes * 60; second++) {
      process.second();
      int minute = (second + 1) / 60;
      if ((second + 1) % 60 == 0 && BATCHES.contains(minute)) {
        comes(BATCHES.indexOf(minute));
      }
      if (second == killMinute * 60 + 30) {
        kill();
      }
    }
  }

  private ArchiveAnswer.Row asked() {
    ArchiveQuestions questions =
        new ArchiveQuestions(
            process.archive, sessions, minutes, process.audience, ArchivedViewers.SPEC, List.of());
    ArchiveAnswer answer =
        questions.sums(new CubeQuery(START, START + 2 * HOUR, Map.of(), List.of()));
    assertThat(answer.rows()).hasSize(1);
    ArchiveAnswer.Row row = answer.rows().getFirst();
    long watching = row.sums().get(Measure.VIEWERS);
    assertThat((double) watching / answer.windows()).as("viewers").isEqualTo(1);
    return row;
  }

  private static void isOneView(ArchiveAnswer.Row row) {
    assertThat(row.sums().get(Measure.VIEWS)).isEqualTo(1);
    assertThat(row.sums().get(Measure.PLAYS)).isEqualTo(1);
    assertThat(row.sums().get(Measure.ENDED)).isEqualTo(1);
    assertThat(row.sessions()).isEqualTo(1);
    assertThat(row.sums().get(Measure.WATCHED_MILLIS))
        .isBetween((WATCHED_SECONDS - 10) * 1000L, WATCHED_SECONDS * 1000L);
  }

  @Test
  void viewer_whoseLinesComeLate_isOneViewAndOneOfTheViewers() throws Exception {
    play(200, -1);
    isOneView(asked());
  }

  @Test
  void viewer_whoseLinesComeLate_overAKill_isOneViewAndOneOfTheViewers() throws Exception {
    play(200, 57);
    isOneView(asked());
  }

  /** What is asked while batches come is never more than there is. */
  @Test
  void viewer_whoseLinesHaveComeInPart_isOneOfTheViewers() throws Exception {
    play(62, -1); // the first hour is committed, the last batch has not come
    ArchiveAnswer.Row row = asked();
    assertThat(row.sums().get(Measure.VIEWS)).isEqualTo(1);
    assertThat(row.sums().get(Measure.ENDED)).as("he may go on").isZero();
  }

  /**
   * Lines of some viewers are late by anything up to 50 minutes, and processes are killed at any
   * time, some right before and after hours are written.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void linesOfAnyLateness_overKills_areOnceInBothTables(long seed) throws Exception {
    Random random = new Random(seed);
    Map<Integer, List<List<ViewerReport>>> coming = new HashMap<>();
    for (int viewer = 0; viewer < 8; viewer++) {
      for (int from = 60 * viewer; from < 7200; from += 150) {
        coming
            .computeIfAbsent(from + 150 + random.nextInt(3000), second -> new ArrayList<>())
            .add(lines("viewer " + viewer, from, from + 150));
      }
    }
    Set<Integer> kills = new TreeSet<>();
    for (int hour = 1; hour <= 3; hour++) {
      for (int offset : List.of(-1, 0, 1, 29, 31, 33)) {
        kills.add(hour * 3600 + offset - random.nextInt(2));
      }
    }
    for (int second = 500; second < 12_000; second += 700 + random.nextInt(600)) {
      kills.add(second);
    }
    for (int second = 0; second < 5 * 3600; second++) {
      process.second();
      for (List<ViewerReport> lines : coming.getOrDefault(second, List.of())) {
        comes(second, lines);
      }
      if (kills.contains(second)) {
        kill();
      }
    }

    assertThat(byHours(minutes, Map.of(MinuteFacts.GROUPING, MinuteFacts.WHOLE)))
        .isEqualTo(byHours(sessions, Map.of()))
        .hasSizeGreaterThanOrEqualTo(2);
    for (FactLine minute : windows()) {
      assertThat(minute.sums().getFirst()).isBetween(0L, 6L);
    }
  }

  private static Map<Long, List<Long>> byHours(KilledTable table, Map<String, String> where) {
    List<String> sums = Arrays.stream(Measure.values()).map(Measure::id).toList();
    FactQuestion all = new FactQuestion(0, Long.MAX_VALUE, HOUR, where, List.of(), sums, List.of());
    Map<Long, List<Long>> byHours = new TreeMap<>();
    table.ask(all).forEach(line -> byHours.put(line.stepMillis(), line.sums()));
    return byHours;
  }

  private List<FactLine> windows() {
    return minutes.ask(
        new FactQuestion(
            0,
            Long.MAX_VALUE,
            MINUTE,
            Map.of(MinuteFacts.GROUPING, MinuteFacts.WHOLE),
            List.of(),
            List.of(MinuteFacts.WINDOWS),
            List.of()));
  }

  /** The same lines in time. */
  @Test
  void session_whoseLinesComeAtOnce_endsAfterItsTimeout() {
    for (ViewerReport line : lines(0, 300)) {
      while (clock.millis() < line.receivedMillis() + 2_000) {
        process.second();
      }
      Arrival arrival = new Arrival(clock.millis(), "requests", Map.of());
      LoggedReports logged = new LoggedReports("cdn", "file", "mark", List.of(line));
      assertThat(
              process.collector.keep(
                  new JournalEntry(ReportSchema.LOGGED, arrival, logged.bytes()), logged.reports()))
          .isNull();
    }
    assertThat(process.audience.open()).isEqualTo(1);
    for (int second = 0; second < 95; second++) {
      process.second();
    }
    assertThat(process.audience.open()).isZero();
  }
}
