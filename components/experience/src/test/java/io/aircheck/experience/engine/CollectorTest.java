package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.portable.LoggedReports;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Captured;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
  private static final Sender SOMEBODY =
      new Sender("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", null, null);
  private static final Target TARGET = new Target("/r", Map.of());
  private static final Sender SOMEBODY_ELSE = new Sender("203.0.113.8", null, null, null);

  @TempDir private Path folder;

  private final FakeClock clock = new FakeClock();

  @SuppressWarnings("NullAway.Init")
  private RunningCollector process;

  @BeforeEach
  void start() throws Exception {
    clock.advance(Duration.ofDays(20_000));
    process = new RunningCollector(folder.resolve("journal"), clock);
  }

  @AfterEach
  void stop() throws Exception {
    process.journal.close();
  }

  @Test
  void taken_isKnownAndJournalled() {
    assertThat(take(SOMEBODY, plays("a"))).isEqualTo(new Answer.Taken(1, 0));
    assertThat(process.audience.session("a")).isPresent();
    assertThat(process.journal.end()).isEqualTo(1);
    assertThat(process.counters.taken()).isEqualTo(1);
  }

  @Test
  void killed_isKnownAgainAsItWas() throws Exception {
    for (int round = 0; round < 12; round++) {
      for (int viewer = 0; viewer < 20; viewer++) {
        take(viewer % 2 == 0 ? SOMEBODY : SOMEBODY_ELSE, says("viewer " + viewer, round, viewer));
      }
      for (int second = 0; second < 9; second++) {
        clock.advance(Duration.ofSeconds(1));
        process.collector.tick();
      }
    }
    RunningCollector next = afterAKill();
    next.collector.tick();
    process.collector.tick();

    assertThat(process.sums("content").values().stream().mapToLong(s -> s.get(Measure.VIEWS)).sum())
        .isEqualTo(20);
    for (String by : List.of("content", "browser", "country")) {
      assertThat(next.sums(by)).as(by).isEqualTo(process.sums(by));
    }
    for (int viewer = 0; viewer < 20; viewer++) {
      String session = "viewer " + viewer;
      assertThat(next.audience.session(session)).isEqualTo(process.audience.session(session));
    }
    next.journal.close();
  }

  @Test
  void capturedPlayers_areKnownAgainAfterAKill() throws Exception {
    for (String run : List.of("hls.js-1.7.4", "dash.js-5.2.1", "shaka-5.2.12")) {
      assertThat(
              process.collector.take(
                  ReportSchema.CMCD,
                  SOMEBODY,
                  new Target("/r", Map.of("player", run)),
                  Location.UNKNOWN,
                  Captured.bytes(run + "-preloaded.cmcd")))
          .isInstanceOf(Answer.Taken.class);
    }
    clock.advance(Duration.ofMinutes(5));
    process.collector.tick();
    RunningCollector next = afterAKill();
    next.collector.tick();
    assertThat(next.sums("player")).hasSize(3).isEqualTo(process.sums("player"));
    next.journal.close();
  }

  /** Every minute the lines of the minute that began five minutes ago. */
  @Test
  void linesOfALogThatAreLate_areOneViewAndKnownAgainAfterAKill() throws Exception {
    long start = clock.millis();
    for (int minute = 5; minute < 20; minute++) {
      for (int second = 0; second < 60; second++) {
        clock.advance(Duration.ofSeconds(1));
        process.collector.tick();
      }
      List<ViewerReport> reports = new ArrayList<>();
      for (int at = 0; at < 60_000; at += 4_000) {
        reports.add(request("a", start + (minute - 5) * 60_000L + at));
        reports.add(request("b", start + (minute - 5) * 60_000L + at + 1));
      }
      LoggedReports logged = new LoggedReports("edge", "here", "mark " + minute, reports);
      assertThat(
              process.collector.keep(
                  new JournalEntry(
                      ReportSchema.LOGGED,
                      new Arrival(clock.millis(), "requests", Map.of()),
                      logged.bytes()),
                  logged.reports()))
          .isNull();
    }
    clock.advance(Duration.ofMinutes(10));
    RunningCollector next = afterAKill();
    next.collector.tick();
    process.collector.tick();

    Map<String, Measures> sums = process.sums("content");
    assertThat(sums.values().stream().mapToLong(of -> of.get(Measure.VIEWS)).sum()).isEqualTo(2);
    assertThat(sums.values().stream().mapToLong(of -> of.get(Measure.REPORTS)).sum())
        .isEqualTo(2 * 15 * 15);
    assertThat(next.sums("content")).isEqualTo(sums);
    assertThat(next.audience.session("a")).isEqualTo(process.audience.session("a"));
    next.journal.close();
  }

  private static ViewerReport request(String session, long millis) {
    return new ViewerReport(
        session,
        "requests",
        -1,
        millis,
        millis,
        ViewerReport.Facts.facts().content("channel-1").bitrateKbps(3000).build(),
        Map.of("cdn", "north"));
  }

  @Test
  void whatComesDuringTheRestoring_isTakenOnce() throws Exception {
    take(SOMEBODY, plays("a"));
    Path copy = copied();
    RunningCollector next = new RunningCollector(copy, clock, false);
    assertThat(next.take(SOMEBODY, plays("b"))).isEqualTo(new Answer.Taken(1, 0));
    assertThat(next.audience.sessions()).as("not yet").isZero();
    assertThat(next.collector.isRestored()).isFalse();
    next.collector.restore(0);
    assertThat(next.collector.isRestored()).isTrue();
    assertThat(next.audience.sessions()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(5));
    next.collector.tick();
    assertThat(next.sums("content").values())
        .extracting(sums -> sums.get(Measure.VIEWS))
        .containsExactly(2L);
    next.journal.close();
  }

  @Test
  void whatIsOlderThanAsked_isNotReadAgain() throws Exception {
    take(SOMEBODY, plays("a"));
    clock.advance(Duration.ofMinutes(30));
    take(SOMEBODY, plays("b"));
    RunningCollector next = new RunningCollector(copied(), clock, false);
    next.collector.restore(clock.millis() - 60_000);
    assertThat(next.audience.session("a")).isEmpty();
    assertThat(next.audience.session("b")).isPresent();
    next.journal.close();
  }

  @Test
  void targetsOfAPlayer_numberTheirReportsEachOnItsOwn() throws Exception {
    Target states = new Target("/r", Map.of("target", "states"));
    Target times = new Target("/r", Map.of("target", "times"));
    String told = "{\"session\":\"a\",\"sequence\":%d,\"time\":%d,%s}";
    long begin = clock.millis();
    process.take(
        SOMEBODY,
        states,
        told.formatted(0, begin, "\"state\":\"starting\",\"content\":\"channel-1\""));
    process.take(SOMEBODY, times, told.formatted(0, begin + 1, "\"content\":\"channel-1\""));
    clock.advance(Duration.ofSeconds(2));
    process.take(SOMEBODY, states, told.formatted(1, begin + 2_000, "\"state\":\"playing\""));
    process.take(SOMEBODY, times, told.formatted(1, begin + 2_001, "\"bitrateKbps\":3000"));
    clock.advance(Duration.ofSeconds(8));
    process.take(SOMEBODY, times, told.formatted(3, begin + 10_000, "\"bitrateKbps\":3000"));
    clock.advance(Duration.ofMinutes(5));
    process.collector.tick();

    Measures sums = process.sums("content").values().iterator().next();
    assertThat(sums.get(Measure.DUPLICATES)).isZero();
    assertThat(sums.get(Measure.REPORTS)).isEqualTo(5);
    assertThat(sums.get(Measure.LOST)).as("number 2 of one of them").isEqualTo(1);
    assertThat(sums.get(Measure.STARTUP_MILLIS)).isEqualTo(2_000);
    assertThat(sums.get(Measure.PLAYING_MILLIS)).isEqualTo(8_000);
    RunningCollector next = afterAKill();
    next.collector.tick();
    assertThat(next.sums("content")).isEqualTo(process.sums("content"));
    next.journal.close();
  }

  @Test
  void optedOut_leavesNothing() throws Exception {
    Sender out = new Sender("203.0.113.7", null, "1", null);
    assertThat(take(out, plays("a"))).isEqualTo(new Answer.Taken(0, 1));
    assertThat(process.audience.session("a")).isEmpty();
    assertThat(process.journal.end()).isZero();
    assertThat(process.counters.rejected(Rejection.OPTED_OUT)).isEqualTo(1);
  }

  @Test
  void addressAndUserAgent_areInNoFile() throws Exception {
    take(SOMEBODY, plays("a"));
    String files = files(folder.resolve("journal"));
    assertThat(files).contains("Firefox", "\"session\":\"a\"");
    assertThat(files).doesNotContain("203.0.113", "Mozilla", "Firefox/");
  }

  @Test
  void flood_ofOneSender_leavesTheOthersTheirAnswers() {
    Answer last = new Answer.Taken(0, 0);
    int taken = 0;
    for (int i = 0; i < 5000; i++) {
      last = take(SOMEBODY, plays("flood " + i));
      taken += last instanceof Answer.Taken ? 1 : 0;
    }
    assertThat(taken).isEqualTo(1000);
    assertThat(last).isInstanceOf(Answer.TooMany.class);
    assertThat(process.collector.retryAfterSeconds(SOMEBODY)).isPositive();
    assertThat(process.collector.retryAfterSeconds(SOMEBODY_ELSE)).isZero();
    assertThat(take(SOMEBODY_ELSE, plays("b"))).isEqualTo(new Answer.Taken(1, 0));
    clock.advance(Duration.ofSeconds(1));
    assertThat(take(SOMEBODY, plays("c"))).isEqualTo(new Answer.Taken(1, 0));
  }

  @Test
  void padding_costsAsMuchAsReportsOfItsSize() {
    String padded = plays("a").replace("}", ",\"padding\":\"" + "x".repeat(250_000) + "\"}");
    int taken = 0;
    for (int i = 0; i < 400; i++) {
      taken += take(SOMEBODY, padded) instanceof Answer.Taken ? 1 : 0;
    }
    assertThat(taken).as("1,000 at once, 245 each").isLessThanOrEqualTo(5);
    assertThat(process.journal.end()).isEqualTo(taken);
    assertThat(take(SOMEBODY_ELSE, plays("b"))).isEqualTo(new Answer.Taken(1, 0));
  }

  @Test
  void bodiesThatComeTogether_arePaidOneByOne() throws Exception {
    String padded = plays("a").replace("}", ",\"padding\":\"" + "x".repeat(250_000) + "\"}");
    CountDownLatch ready = new CountDownLatch(32);
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      for (int i = 0; i < 32; i++) {
        answers.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return take(SOMEBODY, padded);
                }));
      }
    }
    int taken = 0;
    for (Future<Answer> answer : answers) {
      taken += answer.get() instanceof Answer.Taken ? 1 : 0;
    }
    assertThat(taken).isBetween(1, 5);
    assertThat(process.journal.end()).isEqualTo(taken);
  }

  @Test
  void manyRecordsInEachBody_areTakenAtTheRateOfTheirSender() {
    long taken = 0;
    String body = (plays("a") + "\n").repeat(3_000);
    for (int second = 0; second < 600; second++) {
      if (take(SOMEBODY, body) instanceof Answer.Taken answer) {
        taken += answer.reports();
      }
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(taken).as("100 a second and what was at once").isBetween(57_000L, 64_000L);
  }

  @Test
  void whatCannotBeRead_isCountedAndNotKept() {
    assertThat(take(SOMEBODY, "{\"session\":\"a\"}\nnonsense"))
        .isInstanceOfSatisfying(
            Answer.Taken.class,
            answer -> {
              assertThat(answer.reports()).isZero();
              assertThat(answer.rejected()).isPositive();
            });
    assertThat(process.counters.rejected(Rejection.NO_TIME)).isEqualTo(1);
    assertThat(process.journal.end()).isZero();
  }

  @Test
  void whatCannotBeWritten_isNeitherAcknowledgedNorCounted() throws Exception {
    process.journal.close();
    assertThat(take(SOMEBODY, plays("a"))).isInstanceOf(Answer.Unavailable.class);
    assertThat(process.audience.session("a")).isEmpty();
    assertThat(process.counters.taken()).isZero();
    assertThat(process.collector.problem())
        .hasValueSatisfying(p -> assertThat(p).contains("closed"));
  }

  @Test
  void erased_isGoneFromFilesAndDoesNotComeBack() throws Exception {
    String lines = "cid=\"channel-1\",e=ps,sid=\"%s\",sn=0,sta=p,ts=%d,v=2\n";
    String mixed = lines.formatted("a", clock.millis()) + lines.formatted("b", clock.millis());
    process.collector.take(
        ReportSchema.CMCD,
        SOMEBODY,
        TARGET,
        Location.UNKNOWN,
        mixed.getBytes(StandardCharsets.UTF_8));
    take(SOMEBODY, plays("a"));
    take(SOMEBODY, plays("\\u0061"));
    take(SOMEBODY, plays("ab"));
    assertThat(process.collector.erase("a")).isTrue();
    assertThat(process.collector.erase("a")).isFalse();

    assertThat(process.audience.session("a")).isEmpty();
    assertThat(files(folder.resolve("journal")))
        .contains("sid=\"b\"", "\"session\":\"ab\"")
        .doesNotContain("sid=\"a\"", "\"session\":\"a\"", "u0061");
    RunningCollector next = afterAKill();
    assertThat(next.audience.session("a")).isEmpty();
    assertThat(next.audience.session("b")).isPresent();
    assertThat(next.audience.session("ab")).isPresent();
    next.journal.close();
  }

  private Answer take(Sender sender, String body) {
    return process.take(sender, body);
  }

  private String plays(String session) {
    return "{\"session\":\"%s\",\"time\":%d,\"state\":\"playing\",\"content\":\"channel-1\"}"
        .formatted(session, clock.millis() - 100);
  }

  private String says(String session, int round, int viewer) {
    String state = round == 0 ? "starting" : (round + viewer) % 5 == 0 ? "rebuffering" : "playing";
    return """
    {"session":"%s","sequence":%d,"time":%d,"state":"%s","content":"channel-%d"}
    """
        .formatted(session, round, clock.millis() - 100 - viewer, state, viewer % 3);
  }

  /** Another process on what this one has written by now. */
  private RunningCollector afterAKill() throws IOException {
    return new RunningCollector(copied(), clock);
  }

  private Path copied() throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static String files(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
