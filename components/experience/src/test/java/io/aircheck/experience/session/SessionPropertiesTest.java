package io.aircheck.experience.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every session, tried on random ones. */
@Tag("slow")
final class SessionPropertiesTest {
  private static final int SESSIONS = 40;

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 0; seed < SESSIONS; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void restoring_betweenAnyTwoSteps_changesNothing(long seed) {
    ViewerReport[] reports = byArrival(session(seed));
    SessionRun whole = new SessionRun().take(reports);
    SessionRun carried = new SessionRun().between(Copies::of).take(reports);

    assertThat(carried.state()).isEqualTo(whole.state());
    assertThat(carried.finish().deltas).isEqualTo(whole.finish().deltas);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keeping_inOneSlotBetweenAnyTwoSteps_changesNothing(long seed) {
    ViewerReport[] reports = byArrival(session(seed));
    SessionRun whole = new SessionRun().take(reports);
    SessionSlot slot = new SessionFold(SessionPolicy.DEFAULT).slot("s");
    SessionRun kept =
        new SessionRun()
            .between(
                state -> {
                  slot.keep(state);
                  assertThat(slot.state()).isEqualTo(state);
                  return slot.state();
                })
            .take(reports);

    assertThat(kept.state()).isEqualTo(whole.state());
    assertThat(kept.finish().deltas).isEqualTo(whole.finish().deltas);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void order_ofReportsWithinTheWait_changesNoWindow(long seed) {
    List<ViewerReport> reports = session(seed);
    SessionRun arrived = new SessionRun().take(byArrival(reports)).finish();
    SessionRun sorted = new SessionRun().take(byEvent(reports)).finish();

    assertThat(windows(arrived)).isEqualTo(windows(sorted));
    assertThat(arrived.sum()).isEqualTo(sorted.sum());
    assertThat(arrived.sum(Measure.LATE)).isZero();
    assertThat(arrived.ends().stream().map(SessionEnd::totals))
        .isEqualTo(sorted.ends().stream().map(SessionEnd::totals).toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void duplicates_ofAnyReports_changeNoWindow(long seed) {
    List<ViewerReport> reports = List.of(byArrival(session(seed)));
    Random random = new Random(seed);
    List<ViewerReport> doubled = new ArrayList<>();
    int copies = 0;
    for (int i = 0; i < reports.size(); i++) {
      doubled.add(reports.get(i));
      while (random.nextInt(3) == 0) {
        doubled.add(reports.get(i - random.nextInt(Math.min(i + 1, 50))));
        copies++;
      }
    }
    SessionRun once = new SessionRun().take(reports.toArray(ViewerReport[]::new)).finish();
    SessionRun twice = new SessionRun().take(doubled.toArray(ViewerReport[]::new)).finish();

    assertThat(windows(twice)).isEqualTo(windows(once));
    assertThat(twice.sum(Measure.DUPLICATES)).isEqualTo(copies);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void deltas_ofAView_sumUpToItsTotals(long seed) {
    SessionRun run = new SessionRun().take(byArrival(session(seed))).finish();

    Map<Integer, Measures> sums = new HashMap<>();
    Map<Integer, Measures> totals = new HashMap<>();
    for (SessionDelta delta : run.deltas) {
      sums.merge(delta.view(), delta.measures(), Measures::plus);
      if (delta.end() != null) {
        totals.put(delta.view(), delta.end().totals());
        assertThat(sums.get(delta.view())).isEqualTo(delta.end().totals());
      }
    }
    assertThat(totals).isNotEmpty();
    assertThat(run.state().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void measures_ofAnySession_agreeWithEachOther(long seed) {
    List<ViewerReport> reports = session(seed);
    SessionRun run = new SessionRun().take(byArrival(reports)).finish();

    Measures sum = run.sum();
    for (Measure measure : Measure.values()) {
      assertThat(sum.get(measure)).as(measure.id()).isNotNegative();
    }
    long waiting =
        sum.get(Measure.STARTING_MILLIS)
            + sum.get(Measure.STALLED_MILLIS)
            + sum.get(Measure.SEEKING_MILLIS);
    assertThat(sum.get(Measure.WATCHED_MILLIS))
        .isEqualTo(sum.get(Measure.PLAYING_MILLIS) + waiting);
    assertThat(sum.get(Measure.PLAYS) + sum.get(Measure.START_FAILURES))
        .isLessThanOrEqualTo(sum.get(Measure.VIEWS));
    assertThat(sum.get(Measure.ENDED)).isEqualTo(sum.get(Measure.VIEWS));
    assertThat(sum.get(Measure.FAILED_VIEWS))
        .isLessThanOrEqualTo(sum.get(Measure.VIEWS))
        .isGreaterThanOrEqualTo(
            Math.max(sum.get(Measure.START_FAILURES), sum.get(Measure.PLAYBACK_FAILURES)));
    assertThat(sum.get(Measure.EXPECTED_REPORTS))
        .isEqualTo(sum.get(Measure.REPORTS) + sum.get(Measure.LOST));
    assertThat(sum.get(Measure.REPORTS)).isEqualTo(reports.size());
    ViewerReport[] ordered = byEvent(reports);
    long span = ordered[ordered.length - 1].eventMillis() - ordered[0].eventMillis();
    assertThat(
            sum.get(Measure.WATCHED_MILLIS)
                + sum.get(Measure.PAUSED_MILLIS)
                + sum.get(Measure.AD_MILLIS)
                + sum.get(Measure.GAP_MILLIS))
        .isLessThanOrEqualTo(span);
    for (Map.Entry<Long, Measures> window : run.windows().entrySet()) {
      assertThat(window.getValue().get(Measure.VIEWERS)).isBetween(0L, 1L);
      assertThat(window.getValue().get(Measure.WATCHED_MILLIS)).isBetween(0L, 10_000L);
    }
  }

  /**
   * Reports of a random session in the order of events: all states, losses, silences,
   * advertisements, the background, other content; no two of the same moment; delays below the
   * wait.
   */
  private static List<ViewerReport> session(long seed) {
    Random random = new Random(seed);
    FakePlayer player = new FakePlayer("s").skew(random.nextInt(100_000_000) - 50_000_000);
    PlayerState[] states = PlayerState.values();
    List<ViewerReport> reports = new ArrayList<>();
    reports.add(player.delay(1).says(0, PlayerState.STARTING));
    long at = 0;
    long stalls = 0;
    for (int i = 0; i < 80; i++) {
      at += random.nextInt(10) == 0 ? silence(random) : 1 + random.nextInt(4_000);
      FactsBuilder facts = Facts.facts();
      if (random.nextInt(3) > 0) {
        facts.state(random.nextBoolean() ? PlayerState.PLAYING : states[random.nextInt(9)]);
      }
      if (random.nextInt(4) == 0) {
        facts.bitrateKbps(1000 * random.nextInt(5)).topBitrateKbps(5000);
      }
      if (random.nextInt(10) == 0) {
        facts.adBreak(random.nextBoolean()).background(random.nextBoolean());
      }
      if (random.nextInt(10) == 0) {
        facts
            .errorCode("E")
            .liveLatencyMillis(random.nextLong(10_000))
            .fatal(random.nextInt(3) == 0);
      }
      stalls += random.nextInt(2);
      facts.stalls(stalls).stalledMillis(stalls * 700).droppedFrames(random.nextLong(40));
      if (random.nextInt(25) == 0) {
        player.content("channel-" + random.nextInt(3));
      }
      player.lose(random.nextInt(8) == 0 ? 1 + random.nextInt(3) : 0);
      reports.add(player.delay(1 + random.nextInt(1_900)).says(at, facts));
    }
    return reports;
  }

  /** Not so near to the timeout that the order of arrival decides whether it is one. */
  private static long silence(Random random) {
    return random.nextBoolean() ? random.nextInt(85_000) : 95_000 + random.nextInt(30_000);
  }

  private static ViewerReport[] byArrival(List<ViewerReport> reports) {
    return sorted(reports, Comparator.comparingLong(ViewerReport::receivedMillis));
  }

  private static ViewerReport[] byEvent(List<ViewerReport> reports) {
    return sorted(reports, Comparator.comparingLong(ViewerReport::eventMillis));
  }

  private static ViewerReport[] sorted(List<ViewerReport> reports, Comparator<ViewerReport> order) {
    return reports.stream().sorted(order).toArray(ViewerReport[]::new);
  }

  /** Sums by window without the count of duplicates, empty windows left out. */
  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private static Map<Long, String> windows(SessionRun run) {
    Map<Long, String> windows = new TreeMap<>();
    run.windows()
        .forEach(
            (window, sums) -> {
              long[] values = sums.toArray();
              values[Measure.DUPLICATES.ordinal()] = 0;
              Measures left = Measures.of(values);
              if (!left.isZero()) {
                windows.put(window, left.toString());
              }
            });
    return windows;
  }
}
