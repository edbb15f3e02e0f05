package io.aircheck.experience.archive;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One viewer watches for half an hour, and the lines of a log come much later. */
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
    List<ViewerReport> lines = new ArrayList<>();
    for (int second = fromSecond; second < toSecond; second += 4) {
      long at = START + second * 1000L;
      Facts facts = Facts.facts().content("channel-1").bitrateKbps(3000).build();
      lines.add(
          new ViewerReport("viewer", "requests", -1, at, at, facts, Map.of("cdn", "cloudfront")));
    }
    return lines;
  }

  private void comes(int batch) {
    List<ViewerReport> lines = lines(batch * 300, batch * 300 + 300);
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
