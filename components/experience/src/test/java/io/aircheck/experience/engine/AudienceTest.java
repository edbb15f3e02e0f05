package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.session.SessionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private static final long END = Crowd.START + 600_000;

  @Test
  void reports_areSummedByTheirDimensions() {
    Audience audience = audience(10_000);
    audience.take(Crowd.of(100, 1));
    audience.advance(END);
    Measures sums = sum(audience);
    assertThat(sums.get(Measure.VIEWS)).isEqualTo(100);
    assertThat(sums.get(Measure.ENDED)).as("by quitting or by silence").isEqualTo(100);
    Map<List<String>, Measures> byCdn = sums(audience, List.of("cdn"));
    assertThat(byCdn).containsOnlyKeys(List.of("north"), List.of("south"));
    assertThat(byCdn.values()).extracting(s -> s.get(Measure.VIEWS)).containsExactly(50L, 50L);
    assertThat(byCdn.values().stream().reduce(Measures.ZERO, Measures::plus)).isEqualTo(sums);
  }

  @Test
  void howOftenTimePasses_changesNothing() {
    List<ViewerReport> reports = Crowd.of(300, 2);
    Audience ticked = audience(10_000);
    long at = Crowd.START;
    for (ViewerReport report : reports) {
      while (at < report.receivedMillis() - 1000) {
        at += 1000;
        ticked.advance(at - 1000);
      }
      ticked.take(List.of(report));
    }
    ticked.advance(END);
    Audience untouched = audience(10_000);
    untouched.take(reports);
    untouched.advance(END);

    for (List<String> by : List.of(List.<String>of(), List.of("content"), List.of("cdn"))) {
      assertThat(sums(ticked, by)).isEqualTo(sums(untouched, by));
    }
    for (long window = Crowd.START; window < END; window += 10_000) {
      assertThat(sums(ticked, List.of("content"), window, window + 10_000))
          .isEqualTo(sums(untouched, List.of("content"), window, window + 10_000));
    }
    assertThat(ticked.session("session 7")).isEqualTo(untouched.session("session 7")).isPresent();
  }

  @Test
  void manyThreads_takeEachReportOnce() throws Exception {
    Map<String, List<ViewerReport>> bySession = new HashMap<>();
    for (ViewerReport report : Crowd.of(400, 3)) {
      bySession.computeIfAbsent(report.session(), id -> new ArrayList<>()).add(report);
    }
    Audience audience = audience(10_000);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (List<ViewerReport> own : bySession.values()) {
      tasks.add(
          () -> {
            for (ViewerReport report : own) {
              audience.take(List.of(report));
              audience.advance(Crowd.START); // which passes nothing, but goes through all
            }
            return null;
          });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Void> done : pool.invokeAll(tasks)) {
        done.get();
      }
    }
    audience.advance(END);
    Audience alone = audience(10_000);
    bySession.values().forEach(alone::take);
    alone.advance(END);
    assertThat(sums(audience, List.of("content"))).isEqualTo(sums(alone, List.of("content")));
  }

  @Test
  void moreSessionsThanRoom_endTheLongestSilentAndLoseNoView() {
    Audience audience = audience(64);
    audience.take(Crowd.of(1000, 4));
    assertThat(audience.sessions()).isLessThanOrEqualTo(64);
    assertThat(audience.open()).isBetween(1L, 64L);
    assertThat(audience.evicted()).isPositive();
    audience.advance(END);
    Measures sums = sum(audience);
    assertThat(sums.get(Measure.VIEWS)).isGreaterThanOrEqualTo(1000);
    assertThat(sums.get(Measure.ENDED)).isEqualTo(sums.get(Measure.VIEWS));
  }

  @Test
  void sessionThatIsLongOver_isForgotten() {
    Audience audience = audience(10_000);
    audience.take(Crowd.of(50, 5));
    assertThat(audience.sessions()).isEqualTo(50);
    assertThat(audience.open()).isPositive();
    audience.advance(END);
    assertThat(audience.open()).isZero();
    assertThat(audience.sessions()).as("they may go on").isEqualTo(50);
    audience.advance(END + SessionPolicy.DEFAULT.retainMillis());
    assertThat(audience.sessions()).isZero();
  }

  @Test
  void openByContent_isWhatTheSessionsSay() {
    Audience audience = audience(10_000);
    List<ViewerReport> reports = Crowd.of(200, 7);
    for (int taken = 0; taken < reports.size(); taken += 100) {
      audience.take(reports.subList(taken, Math.min(taken + 100, reports.size())));
      audience.advance(reports.get(taken).receivedMillis() - 1000);
      assertThat(audience.openByContent()).isEqualTo(openOneByOne(audience, 200));
    }
    assertThat(audience.openByContent()).isNotEmpty();
    audience.erase("session 3");
    assertThat(audience.openByContent()).isEqualTo(openOneByOne(audience, 200));
    audience.advance(END);
    assertThat(audience.openByContent()).isEmpty();
  }

  private static Map<String, Long> openOneByOne(Audience audience, int sessions) {
    Map<String, Long> open = new HashMap<>();
    for (int i = 0; i < sessions; i++) {
      audience
          .session("session " + i)
          .filter(SessionState::isOpen)
          .ifPresent(state -> open.merge(state.cohort().content(), 1L, Long::sum));
    }
    return open;
  }

  @Test
  void erased_isNotKnownAndItsSumsStay() {
    Audience audience = audience(10_000);
    audience.take(Crowd.of(10, 6));
    audience.advance(END);
    assertThat(audience.session("session 3")).isPresent();
    assertThat(audience.erase("session 3")).isTrue();
    assertThat(audience.erase("session 3")).isFalse();
    assertThat(audience.session("session 3")).isEmpty();
    assertThat(sum(audience).get(Measure.VIEWS)).isEqualTo(10);
    assertThat(audience.sessions()).isEqualTo(9);
  }

  private static Audience audience(int mostSessions) {
    return new Audience(
        new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()),
        CubeSpec.lastHour(),
        mostSessions);
  }

  private static Measures sum(Audience audience) {
    return sums(audience, List.of()).values().stream().reduce(Measures.ZERO, Measures::plus);
  }

  private static Map<List<String>, Measures> sums(Audience audience, List<String> by) {
    return sums(audience, by, 0, Long.MAX_VALUE);
  }

  private static Map<List<String>, Measures> sums(
      Audience audience, List<String> by, long from, long to) {
    CubeAnswer answer = audience.ask(new CubeQuery(from, to, Map.of(), by)).orElseThrow();
    Map<List<String>, Measures> sums = new HashMap<>();
    answer.rows().forEach(row -> sums.put(row.values(), row.cell().sums()));
    return sums;
  }
}
