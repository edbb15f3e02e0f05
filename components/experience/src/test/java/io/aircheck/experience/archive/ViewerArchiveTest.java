package io.aircheck.experience.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactQuestion.Count;
import io.aircheck.experience.measure.Measure;
import io.aircheck.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ViewerArchiveTest {
  private static final long HOUR = ArchivePolicy.HOUR_MILLIS;
  private static final long START = 500_000 * HOUR + 20 * 60_000;
  private static final ArchivePolicy POLICY =
      ArchivePolicy.keeping(Duration.ofDays(30), Duration.ofDays(90));
  private static final List<String> SUMS =
      Arrays.stream(Measure.values()).map(Measure::id).toList();

  @TempDir private Path folder;

  private final FakeClock clock = new FakeClock();
  private final KilledTable sessions = new KilledTable(SessionFacts.LAYOUT);
  private final KilledTable minutes = new KilledTable(MinuteFacts.LAYOUT);

  @SuppressWarnings("NullAway.Init")
  private ArchivedViewers process;

  @BeforeEach
  void start() throws Exception {
    clock.advance(Duration.ofMillis(START));
    process = begin(POLICY);
  }

  @AfterEach
  void stop() throws Exception {
    process.journal.close();
  }

  private ArchivedViewers begin(ArchivePolicy policy) throws IOException {
    return new ArchivedViewers(folder, clock, sessions, minutes, policy);
  }

  /** The process is killed, and the next one begins. */
  private void kill() throws IOException {
    process.journal.close();
    sessions.kill();
    minutes.kill();
    process = begin(POLICY);
  }

  /** All of a table by hours and values, committed. */
  private static Map<Object, List<Long>> sums(KilledTable table, String... by) {
    Map<Object, List<Long>> sums = new HashMap<>();
    FactQuestion all =
        new FactQuestion(
            0,
            Long.MAX_VALUE,
            HOUR,
            Map.of(),
            List.of(by),
            SUMS,
            table.layout() == SessionFacts.LAYOUT
                ? List.of(new Count("session", Set.of()))
                : List.of());
    for (FactLine line : table.ask(all)) {
      List<Long> numbers = new ArrayList<>(line.sums());
      numbers.addAll(line.counts());
      sums.put(Map.entry(line.stepMillis(), line.values()), numbers);
    }
    return sums;
  }

  private static long sum(KilledTable table, Measure measure) {
    FactQuestion all =
        new FactQuestion(
            0, Long.MAX_VALUE, 0, Map.of(), List.of(), List.of(measure.id()), List.of());
    return table.ask(all).stream().mapToLong(line -> line.sums().getFirst()).sum();
  }

  /** Plays a script and some hours more, and kills the process after some seconds. */
  private void play(Scripted script, Set<Integer> kills) throws IOException {
    Iterator<Scripted.Sent> sent = script.sent().iterator();
    Scripted.Sent next = sent.next();
    for (int second = 0; second < Scripted.LENGTH + 3 * 3600; second++) {
      while (next != null && next.second() <= second) {
        process.take(next.body());
        next = sent.hasNext() ? sent.next() : null;
      }
      process.second();
      if (kills.contains(second)) {
        kill();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void killedAgainAndAgain_hasEverythingOnce(long seed) throws Exception {
    Scripted script = Scripted.of(20, START, seed);
    play(script, Set.of());
    Map<Object, List<Long>> expected = sums(sessions, "content", "cdn");
    Map<Object, List<Long>> expectedMinutes = sums(minutes, "grouping", "content", "cdn");
    assertThat(sum(sessions, Measure.VIEWS)).isEqualTo(script.views());
    assertThat(sum(sessions, Measure.REPORTS)).isEqualTo(script.sent().size());

    // Again from the start, with kills: some right before and after hours are committed.
    ViewerArchiveTest again = new ViewerArchiveTest();
    again.folder = folder.resolve("again");
    again.start();
    Set<Integer> kills = new TreeSet<>(Set.of(2400 + 300, 2400 + 325, 2400 + 332, 2400 + 335));
    for (int second = 700; second < Scripted.LENGTH + 4000; second += 977 + (int) seed * 100) {
      kills.add(second);
    }
    again.play(script, kills);
    assertThat(sums(again.sessions, "content", "cdn")).isEqualTo(expected);
    assertThat(sums(again.minutes, "grouping", "content", "cdn")).isEqualTo(expectedMinutes);
    again.stop();
  }

  /** Players that were offline send up to twenty minutes late: both tables have all of it. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void whatComesLate_isInItsMinutesToo(long seed) throws Exception {
    play(Scripted.of(20, START, seed), Set.of());

    Map<Object, List<Long>> byHours = new HashMap<>();
    sums(sessions).forEach((hour, all) -> byHours.put(hour, all.subList(0, SUMS.size())));
    Map<Object, List<Long>> minutesByHours = new HashMap<>();
    sums(minutes, "grouping")
        .forEach(
            (key, all) -> {
              Map.Entry<?, ?> entry = (Map.Entry<?, ?>) key;
              if (entry.getValue().equals(List.of(MinuteFacts.WHOLE))) {
                minutesByHours.put(Map.entry(entry.getKey(), List.of()), all);
              }
            });
    assertThat(minutesByHours).isEqualTo(byHours);
  }

  @Test
  void hour_isCommittedWhenItsGraceIsOver() {
    process.take(report("a", 0, clock.millis(), "playing"));
    long end = 500_001 * HOUR;
    while (clock.millis() < end + POLICY.graceMillis() + POLICY.settleMillis()) {
      process.second();
      assertThat(sessions.committed()).isLessThan(500_000 * HOUR);
    }
    process.second();
    process.second();
    assertThat(sessions.committed()).isEqualTo(500_000 * HOUR);
    assertThat(minutes.committed()).isEqualTo(500_000 * HOUR);
    assertThat(sum(sessions, Measure.VIEWS)).isEqualTo(1);
  }

  @Test
  void tableThatIsFullForAWhile_missesNothing() throws Exception {
    Scripted script = Scripted.of(5, START, 7);
    ArchivedViewers before = process;
    for (Scripted.Sent sent : script.sent()) {
      while (clock.millis() < START + sent.second() * 1000L) {
        process.second();
      }
      int minute = sent.second() / 60;
      sessions.setFull(minute % 50 > 20);
      minutes.setFull(minute % 50 > 30);
      process.take(sent.body());
      if (minute % 50 == 30) {
        assertThat(process.archive.problem())
            .hasValueSatisfying(what -> assertThat(what).contains("No space left"));
      }
    }
    sessions.setFull(false);
    minutes.setFull(false);
    for (int second = 0; second < 3 * 3600; second++) {
      process.second();
    }
    assertThat(process).isSameAs(before);
    assertThat(process.archive.problem()).isEmpty();
    assertThat(sum(sessions, Measure.VIEWS)).isEqualTo(script.views());
    assertThat(sum(sessions, Measure.REPORTS)).isEqualTo(script.sent().size());
  }

  @Test
  void tableThatIsFullAroundTheHourAndKillsSoonAfter_missNothing() throws Exception {
    Scripted script = Scripted.of(5, START, 8);
    int kills = 0;
    for (Scripted.Sent sent : script.sent()) {
      while (clock.millis() < START + sent.second() * 1000L) {
        process.second();
      }
      long minute = clock.millis() / 60_000 % 60;
      sessions.setFull(minute >= 55 || minute < 7);
      process.take(sent.body());
      // It has room again, and the hour is committed.
      if (minute == 9 && clock.millis() / HOUR - 500_001 == kills) {
        kill();
        kills++;
      }
    }
    sessions.setFull(false);
    for (int second = 0; second < 3 * 3600; second++) {
      process.second();
    }
    assertThat(kills).isEqualTo(3);
    assertThat(sum(sessions, Measure.VIEWS)).isEqualTo(script.views());
    assertThat(sum(sessions, Measure.REPORTS)).isEqualTo(script.sent().size());
  }

  @Test
  void tableThatStaysFull_isGivenUpAndTheNextProcessMakesUpForIt() throws Exception {
    process.journal.close();
    process = begin(new ArchivePolicy(300_000, 30_000, 60_000, 3, 12, HOUR, HOUR));
    sessions.setFull(true);
    minutes.setFull(true);
    for (int viewer = 0; viewer < 40; viewer++) {
      process.take(report("viewer-" + viewer, 0, clock.millis(), "playing"));
      process.second();
    }
    for (int second = 0; second < 300; second++) {
      process.second();
    }
    assertThat(process.archive.problem())
        .hasValueSatisfying(what -> assertThat(what).contains("start of the service"));
    sessions.setFull(false);
    minutes.setFull(false);
    for (int second = 0; second < 2 * 3600; second++) {
      process.second();
    }
    assertThat(sessions.committed()).as("nothing half").isLessThan(500_000 * HOUR);
    kill();
    process.second();
    assertThat(sum(sessions, Measure.VIEWS)).isEqualTo(40);
  }

  @Test
  void erased_isInNoTable() throws Exception {
    process.take(report("a", 0, clock.millis(), "playing"));
    process.take(report("b", 0, clock.millis(), "playing"));
    for (int second = 0; second < 2 * 3600; second++) {
      process.second();
    }
    assertThat(sum(sessions, Measure.VIEWS)).isEqualTo(2);
    process.take(report("a", 1, clock.millis(), "playing"));
    for (int second = 0; second < 20; second++) {
      process.second();
    }
    assertThat(process.collector.erase("a")).isTrue();
    assertThat(process.archive.erase("a")).isTrue();
    assertThat(process.archive.erase("a")).isFalse();
    for (int second = 0; second < 2 * 3600; second++) {
      process.second();
    }
    assertThat(sum(sessions, Measure.VIEWS)).isEqualTo(1);
    assertThat(sum(sessions, Measure.REPORTS)).isEqualTo(1);
  }

  @Test
  void whatIsOld_goes() throws Exception {
    process.journal.close();
    process = begin(ArchivePolicy.keeping(Duration.ofHours(2), Duration.ofHours(4)));
    process.take(report("a", 0, clock.millis(), "playing"));
    for (int second = 0; second < 3600; second++) {
      process.second();
    }
    assertThat(sessions.ask(everything())).hasSize(1);
    for (int second = 0; second < 2 * 3600; second++) {
      process.second();
    }
    assertThat(sessions.ask(everything())).isEmpty();
    assertThat(minutes.ask(everything())).hasSize(1);
  }

  private static FactQuestion everything() {
    return new FactQuestion(0, Long.MAX_VALUE, 0, Map.of(), List.of(), List.of("views"), List.of());
  }

  static String report(String session, int sequence, long timeMillis, String state) {
    return "{\"session\":\"%s\",\"sequence\":%d,\"time\":%d,\"state\":\"%s\",\"content\":\"c\"}"
        .formatted(session, sequence, timeMillis, state);
  }
}
