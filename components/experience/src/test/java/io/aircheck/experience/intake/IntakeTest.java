package io.aircheck.experience.intake;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;
import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final long NOW = 1_800_000_000_000L;

  private final IntakeCounters counters = new IntakeCounters();
  private final Intake intake = new Intake(() -> report -> report, counters, 1000, 60_000);

  @Test
  void bodySentTwice_isTakenOnce() {
    List<ViewerReport> body = List.of(numbered("a", 0), numbered("a", 1), numbered("a", 2));
    assertThat(intake.take(body)).isEqualTo(body);
    assertThat(intake.take(body)).isEmpty();
    assertThat(counters.taken()).isEqualTo(3);
    assertThat(counters.rejected(Rejection.DUPLICATE)).isEqualTo(3);
  }

  @Test
  void numbersCountPerChannel() {
    ViewerReport event = numbered("a", 0);
    ViewerReport request = new ViewerReport("a", "requests", 0, NOW, NOW, Facts.NONE, Map.of());
    assertThat(intake.take(List.of(event, request))).hasSize(2);
  }

  @Test
  void gap_isALossUntilItIsFilled() {
    intake.take(List.of(numbered("a", 0), numbered("a", 3)));
    intake.take(List.of(numbered("b", 0), numbered("b", 2)));
    assertThat(counters.lost()).isEqualTo(3);
    intake.take(List.of(numbered("a", 2)));
    assertThat(counters.lost()).isEqualTo(2);
  }

  @Test
  void reportsWithoutNumbers_areToldApartByWhatTheySay() {
    ViewerReport plays = unnumbered(NOW, facts().state(PlayerState.PLAYING).build());
    ViewerReport stalls = unnumbered(NOW, facts().state(PlayerState.REBUFFERING).build());
    ViewerReport later = unnumbered(NOW + 1, facts().state(PlayerState.PLAYING).build());
    assertThat(intake.take(List.of(plays, stalls, later))).hasSize(3);
    assertThat(intake.take(List.of(stalls, plays))).isEmpty();
  }

  @Test
  void bodyOfSeveralSessions_isTakenForEach() {
    List<ViewerReport> body = List.of(numbered("a", 0), numbered("b", 0), numbered("a", 1));
    assertThat(intake.take(body)).containsExactlyInAnyOrderElementsOf(body);
    assertThat(intake.sessions()).isEqualTo(2);
  }

  @Test
  void clockYearsBehind_isCorrectedAndItsOwnTimeKept() {
    ViewerReport old = new ViewerReport("a", "events", 0, 5_000, NOW, Facts.NONE, Map.of());
    ViewerReport older = new ViewerReport("a", "events", 1, 3_000, NOW, Facts.NONE, Map.of());
    List<ViewerReport> taken = intake.take(List.of(older, old));
    assertThat(taken).extracting(ViewerReport::correctedMillis).containsExactly(NOW - 2_000, NOW);
    assertThat(taken).extracting(ViewerReport::eventMillis).containsExactly(3_000L, 5_000L);
  }

  @Test
  void correctionOfASession_seesItsReportsInOrder() {
    Intake counting =
        new Intake(
            () -> {
              List<Long> earlier = new ArrayList<>();
              return report -> {
                earlier.add(report.sequence());
                return report.with(facts().stalls((long) earlier.size()).build());
              };
            },
            counters,
            1000,
            60_000);
    List<ViewerReport> taken =
        counting.take(List.of(numbered("a", 0), numbered("b", 0), numbered("a", 1)));
    assertThat(taken)
        .filteredOn(report -> report.session().equals("a"))
        .extracting(report -> report.facts().stalls())
        .containsExactly(1L, 2L);
  }

  @Test
  void manySessions_areBounded() {
    for (int i = 0; i < 10_000; i++) {
      intake.take(List.of(numbered("session " + i, 0)));
    }
    assertThat(intake.sessions()).isBetween(800, 1000);
    assertThat(counters.taken()).isEqualTo(10_000);
  }

  @Test
  void silentSession_isForgotten() {
    Intake narrow = new Intake(() -> report -> report, counters, 1000, 60_000);
    IntStream.range(0, 500).forEach(i -> narrow.take(List.of(at("old " + i, NOW))));
    IntStream.range(0, 500).forEach(i -> narrow.take(List.of(at("new " + i, NOW + 61_000))));
    assertThat(narrow.sessions()).isEqualTo(500);
  }

  @Test
  void sessionThatIsForgotten_isNew() {
    intake.take(List.of(numbered("a", 0)));
    assertThat(intake.forget("a")).isTrue();
    assertThat(intake.forget("a")).isFalse();
    assertThat(intake.take(List.of(numbered("a", 0)))).hasSize(1);
  }

  @Test
  void sessionNeverHasManyChannels() {
    for (int i = 0; i < 1000; i++) {
      ViewerReport report =
          new ViewerReport("a", "channel " + i, 0, NOW + i, NOW + i, Facts.NONE, Map.of());
      assertThat(intake.take(List.of(report))).hasSize(1);
    }
  }

  @Test
  void sameBodiesOnManyThreads_areTakenOnce() throws Exception {
    List<List<ViewerReport>> bodies = new ArrayList<>();
    for (int session = 0; session < 50; session++) {
      for (int body = 0; body < 4; body++) {
        bodies.add(
            List.of(numbered("s" + session, 2L * body), numbered("s" + session, 2L * body + 1)));
      }
    }
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int repeat = 0; repeat < 4; repeat++) {
      bodies.forEach(body -> tasks.add(() -> intake.take(body).size()));
    }
    int taken = 0;
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var future : pool.invokeAll(tasks)) {
        taken += future.get();
      }
    }
    assertThat(taken).isEqualTo(400);
    assertThat(counters.taken()).isEqualTo(400);
    assertThat(counters.rejected(Rejection.DUPLICATE)).isEqualTo(1200);
    assertThat(counters.lost()).isZero();
  }

  private static ViewerReport numbered(String session, long sequence) {
    long millis = NOW + sequence;
    return new ViewerReport(session, "events", sequence, millis, millis, Facts.NONE, Map.of());
  }

  private static ViewerReport at(String session, long millis) {
    return new ViewerReport(session, "events", 0, millis, millis, Facts.NONE, Map.of());
  }

  private static ViewerReport unnumbered(long millis, Facts facts) {
    return new ViewerReport("a", "events", -1, millis, NOW, facts, Map.of());
  }
}
