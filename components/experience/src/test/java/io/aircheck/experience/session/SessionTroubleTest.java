package io.aircheck.experience.session;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Ratio;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reports that are lost, late, doubled or wrong: closed-form answers. */
final class SessionTroubleTest {
  private static final long YEAR = 365L * 86_400_000;

  private final FakePlayer player = new FakePlayer("s");
  private final SessionRun run = new SessionRun();

  @Test
  void totalsOfThePlayer_repairAStallWhoseReportsWereLost() {
    run.take(
        player.says(0, PlayerState.STARTING),
        player.says(
            1_000,
            facts().state(PlayerState.PLAYING).bitrateKbps(1000).stalls(1L).stalledMillis(9L)));
    player.lose(2);
    run.take(
            player.says(
                31_000, facts().state(PlayerState.PLAYING).stalls(2L).stalledMillis(4_009L)),
            player.says(41_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.LOST)).isEqualTo(2);
    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.REPAIRED_STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(4_000);
    assertThat(run.sum(Measure.REPAIRED_MILLIS)).isEqualTo(4_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(36_000);
    assertThat(run.sum(Measure.BITS)).isEqualTo(36_000_000);
    assertThat(run.sum(Measure.WATCHED_MILLIS)).isEqualTo(41_000);
  }

  @Test
  void totalsOfThePlayer_shortenAStallWhoseEndWasLost() {
    run.take(
        player.says(0, PlayerState.STARTING),
        player.says(1_000, facts().state(PlayerState.PLAYING).stalls(0L).stalledMillis(0L)),
        player.says(5_000, PlayerState.REBUFFERING));
    player.lose(1);
    run.take(
            player.says(
                31_000, facts().state(PlayerState.PLAYING).stalls(1L).stalledMillis(3_000L)),
            player.says(41_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(3_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(37_000);
  }

  @Test
  void totalsOfThePlayer_countNothingWhereNoReportWasLost() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(1_000, facts().state(PlayerState.PLAYING).stalls(0L).stalledMillis(0L)),
            player.says(10_000, PlayerState.SEEKING),
            player.says(
                12_000, facts().state(PlayerState.PLAYING).stalls(1L).stalledMillis(2_000L)),
            player.says(20_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STALLS)).isZero();
    assertThat(run.sum(Measure.STALLED_MILLIS)).isZero();
  }

  @Test
  void totalsOfThePlayer_thatBeginAnewOrAreNegative_doNoHarm() {
    run.take(
        player.says(0, PlayerState.STARTING),
        player.says(1_000, facts().state(PlayerState.PLAYING).stalls(7L).stalledMillis(9_000L)));
    player.lose(1);
    run.take(player.says(11_000, facts().stalls(1L).stalledMillis(500L)));
    player.lose(1);
    run.take(
            player.says(21_000, facts().stalls(-4L).stalledMillis(-9_000L).startupMillis(-1L)),
            player.says(31_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(500);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000);
  }

  @Test
  void losses_areAShareOfTheNumbersThatWereGiven() {
    ViewerReport starting = player.says(0, PlayerState.STARTING);
    ViewerReport playing = player.says(1_000, PlayerState.PLAYING);
    ViewerReport slow = player.delay(40_000).says(2_000, PlayerState.PLAYING);
    player.delay(100).lose(2);
    ViewerReport later = player.says(10_000, PlayerState.PLAYING);
    ViewerReport quit = player.says(50_000, PlayerState.QUIT);
    run.take(starting, playing, playing, later).until(15_000);
    assertThat(run.state().totals().get(Measure.LOST)).isEqualTo(3);
    assertThat(Ratio.LOST_PERCENT.of(run.state().totals())).hasValue(50);

    run.take(slow, quit).finish();
    assertThat(run.sum(Measure.LOST)).isEqualTo(2);
    assertThat(run.sum(Measure.EXPECTED_REPORTS)).as("numbers 0 to 6").isEqualTo(7);
    assertThat(Ratio.LOST_PERCENT.of(run.sum())).hasValueCloseTo(100 * 2 / 7.0, offset(1e-9));
  }

  @Test
  void losses_ofAPlayerWithoutNumbers_areNotKnown() {
    player.unnumbered();
    run.take(player.says(0, PlayerState.PLAYING), player.says(5_000, PlayerState.QUIT)).finish();

    assertThat(Ratio.LOST_PERCENT.of(run.sum())).isEmpty();
  }

  @Test
  void startUp_whoseBeginningWasLost_isThatOfThePlayer() {
    player.lose(1);
    run.take(
            player.says(900, facts().state(PlayerState.PLAYING)),
            player.says(2_000, facts().startupMillis(700L)),
            player.says(5_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STARTUPS)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(700);
  }

  @Test
  void startUp_withALossInIt_isUnknownUnlessThePlayerTellsIt() {
    run.take(player.says(0, PlayerState.STARTING));
    player.lose(1);
    run.take(player.says(30_000, PlayerState.PLAYING), player.says(31_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.PLAYS)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTUPS)).isZero();
  }

  @Test
  void startUp_thatWasSeen_isNotThatOfThePlayer() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(800, facts().state(PlayerState.PLAYING).startupMillis(1L)),
            player.says(5_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(800);
  }

  @Test
  void reports_outOfOrderWithinTheWait_areTakenInOrder() {
    ViewerReport starting = player.says(0, PlayerState.STARTING);
    ViewerReport playing = player.says(1_000, PlayerState.PLAYING);
    ViewerReport stalled = player.says(1_500, PlayerState.REBUFFERING);
    ViewerReport again = player.says(1_900, PlayerState.PLAYING);
    ViewerReport quit = player.says(9_000, PlayerState.QUIT);
    run.take(again, starting, stalled, playing, quit).finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(400);
    assertThat(run.sum(Measure.LATE)).isZero();
    assertThat(run.sum(Measure.LOST)).isZero();
  }

  @Test
  void report_thatComesTooLate_countsItsErrorAndTotalsButMovesNothing() {
    run.take(player.says(0, PlayerState.STARTING), player.says(1_000, PlayerState.PLAYING));
    ViewerReport late =
        player.says(
            5_000,
            facts().state(PlayerState.PAUSED).errorCode("E1").droppedFrames(4L).bitrateKbps(9));
    run.take(player.says(11_000, PlayerState.PLAYING)).until(22_500);
    assertThat(run.sum(Measure.LOST)).isEqualTo(1);

    run.take(late, player.says(31_000, PlayerState.QUIT)).finish();
    assertThat(run.sum(Measure.LATE)).isEqualTo(1);
    assertThat(run.sum(Measure.LOST)).isZero();
    assertThat(run.sum(Measure.ERRORS)).isEqualTo(1);
    assertThat(run.sum(Measure.DROPPED_FRAMES)).isEqualTo(4);
    assertThat(run.sum(Measure.PAUSED_MILLIS)).isZero();
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(30_000);
    assertThat(run.sum(Measure.BITS)).isZero();
  }

  @Test
  void stall_afterASeek_isOneAlsoWhenLessDelayIsSeenBetweenThem() {
    player.delay(700);
    run.take(
        player.says(0, PlayerState.PLAYING),
        player.says(10_000, PlayerState.SEEKING),
        player.says(10_200, PlayerState.PLAYING));
    player.delay(100);
    run.take(
            player.says(11_150, facts()),
            player.says(11_500, PlayerState.REBUFFERING),
            player.says(12_500, PlayerState.PLAYING),
            player.says(15_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(1_000);
    assertThat(run.sum(Measure.SEEKING_MILLIS)).isEqualTo(200);
  }

  @Test
  void clock_yearsAway_changesNothingButTheTimeOfThePlayer() {
    for (long skew : new long[] {50 * YEAR, -50 * YEAR, 3_600_000, -3_600_000}) {
      FakePlayer away = new FakePlayer("s").skew(skew);
      SessionRun ran =
          new SessionRun()
              .take(
                  away.says(0, PlayerState.STARTING),
                  away.says(1_000, PlayerState.PLAYING),
                  away.says(31_000, PlayerState.QUIT))
              .finish();

      assertThat(ran.sum(Measure.PLAYING_MILLIS)).isEqualTo(30_000);
      SessionEnd end = ran.ends().getFirst();
      assertThat(end.startedMillis()).isEqualTo(FakePlayer.START + 100);
      assertThat(end.startedClientMillis()).isEqualTo(FakePlayer.START + skew);
    }
  }

  @Test
  void clock_setWhilePlaying_losesNoTimeAndAddsNone() {
    for (long step : new long[] {10 * YEAR, -10 * YEAR, 600_000, -600_000}) {
      FakePlayer set = new FakePlayer("s");
      SessionRun ran =
          new SessionRun()
              .take(set.says(0, PlayerState.STARTING), set.says(1_000, PlayerState.PLAYING));
      set.skew(step);
      ran.take(
              set.says(11_000, PlayerState.PLAYING),
              set.says(21_000, PlayerState.PLAYING),
              set.says(31_000, PlayerState.QUIT))
          .finish();

      assertThat(ran.sum(Measure.PLAYING_MILLIS)).as("step %s", step).isEqualTo(30_000);
      assertThat(ran.sum(Measure.LATE)).isZero();
      assertThat(ran.sum(Measure.GAP_MILLIS)).isZero();
    }
  }

  @Test
  void oneReport_withATimeOfItsOwnYearsAway_changesNothing() {
    run.take(player.says(0, PlayerState.STARTING), player.says(1_000, PlayerState.PLAYING));
    player.skew(30 * YEAR);
    run.take(player.says(11_000, PlayerState.PLAYING));
    player.skew(0);
    run.take(player.says(21_000, PlayerState.PLAYING), player.says(31_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(30_000);
    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
  }

  @Test
  void clockSetBack_ofAPlayerWithoutNumbers_isFoundWhenTheSessionTimesOut() {
    player.unnumbered();
    run.take(player.says(0, PlayerState.STARTING), player.says(1_000, PlayerState.PLAYING));
    player.skew(-YEAR);
    for (int i = 1; i <= 20; i++) {
      run.take(player.says(1_000 + 20_000L * i, PlayerState.PLAYING));
    }
    run.finish();

    // Heard last at 1 s, so over at 91 s; found at 101 s; playing until 401 s.
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(300_000);
    assertThat(run.sum(Measure.GAP_MILLIS)).isEqualTo(100_000);
    assertThat(run.sum(Measure.LATE)).isEqualTo(4);
    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
  }

  @Test
  void times_thatCannotBe_areThoseOfArrival() {
    for (long event : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
      SessionRun ran = new SessionRun();
      FakePlayer odd = new FakePlayer("s");
      for (int i = 0; i < 4; i++) {
        ViewerReport right = odd.says(10_000L * i, PlayerState.PLAYING);
        ran.take(
            new ViewerReport(
                "s",
                "event",
                right.sequence(),
                event,
                right.receivedMillis(),
                right.facts(),
                Map.of()));
      }
      assertThat(ran.finish().sum(Measure.PLAYING_MILLIS)).isEqualTo(30_000);
    }
  }

  @Test
  void time_thatIsThatOfArrivalByChance_isThePlayersOwn() {
    for (int chance = 0; chance < 4; chance++) {
      FakePlayer near = new FakePlayer("s").skew(80);
      SessionRun ran = new SessionRun();
      for (int i = 0; i < 4; i++) {
        near.delay(i == chance ? 80 : 20);
        ran.take(near.says(10_000L * i, i == 3 ? PlayerState.QUIT : PlayerState.PLAYING));
      }

      assertThat(ran.finish().sum(Measure.PLAYING_MILLIS)).as("by %s", chance).isEqualTo(30_000);
    }
  }

  @Test
  void reports_withoutTimeOfTheirOwn_goTogetherWithThoseOfAWrongClock() {
    player.skew(3_600_000);
    run.take(player.says(0, PlayerState.STARTING), player.says(1_000, PlayerState.PLAYING));
    for (int i = 1; i <= 5; i++) {
      long received = FakePlayer.START + 5_000L * i;
      run.take(
          new ViewerReport(
              "s", "request", i, received, received, facts().bitrateKbps(1000).build(), Map.of()));
    }
    run.take(player.says(31_000, PlayerState.QUIT)).finish();

    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(30_000);
    assertThat(run.sum(Measure.LATE)).isZero();
    assertThat(run.sum(Measure.BITS)).isEqualTo(1000L * 26_100);
  }

  @Test
  void numbers_thatBeginAnew_areNoDuplicates() {
    run.take(
        player.says(0, PlayerState.STARTING),
        player.says(1_000, PlayerState.PLAYING),
        player.says(11_000, PlayerState.PLAYING));
    player.sequence(0);
    run.take(
            player.says(21_000, PlayerState.PLAYING),
            player.says(31_000, PlayerState.PLAYING),
            player.says(41_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(40_000);
    assertThat(run.sum(Measure.DUPLICATES)).isZero();
    assertThat(run.sum(Measure.LOST)).isZero();
  }

  @Test
  void numbers_thatLeapFar_areNoLoss() {
    run.take(player.says(0, PlayerState.PLAYING));
    player.sequence(Long.MAX_VALUE - 1);
    run.take(player.says(10_000, PlayerState.PLAYING));
    player.sequence(1);
    run.take(player.says(20_000, PlayerState.QUIT)).finish();

    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(20_000);
    assertThat(run.sum(Measure.LOST)).isZero();
  }

  @Test
  void duplicates_areCountedAndChangeNothingElse() {
    ViewerReport starting = player.says(0, PlayerState.STARTING);
    ViewerReport playing = player.says(1_000, PlayerState.PLAYING);
    ViewerReport error = player.says(5_000, facts().errorCode("E1"));
    ViewerReport quit = player.says(9_000, PlayerState.QUIT);
    run.take(starting, starting, playing, error, error, playing, quit, error, quit).finish();

    assertThat(run.sum(Measure.DUPLICATES)).isEqualTo(5);
    assertThat(run.sum(Measure.ERRORS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(8_000);
    assertThat(run.sum(Measure.REPORTS)).isEqualTo(4);
  }

  @Test
  void duplicates_withoutNumbers_countAnErrorOnce() {
    player.unnumbered();
    ViewerReport playing = player.says(0, PlayerState.PLAYING);
    ViewerReport error = player.says(5_000, facts().errorCode("E1"));
    ViewerReport later = player.says(20_000, PlayerState.PLAYING);
    run.take(playing, error, error, later);
    run.until(30_000);
    run.take(error, player.says(31_000, PlayerState.QUIT)).finish();

    assertThat(run.sum(Measure.ERRORS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(31_000);
  }

  @Test
  void player_thatTellsNoStates_playsWheneverItReports() {
    run.take(
            player.says(0, facts().bitrateKbps(1000)),
            player.says(4_000, facts().startupMillis(600L)),
            player.says(8_000, facts()),
            player.says(12_000, facts().starved(true)),
            player.says(16_000, facts()))
        .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(16_000);
    assertThat(run.sum(Measure.BITS)).isEqualTo(16_000_000);
    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(600);
  }

  @Test
  void textsWithoutEnd_areCut() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      many.put("custom" + i, "x".repeat(1_000));
    }
    player.content("c".repeat(1_000_000)).attributes(many);
    run.take(player.says(0, PlayerState.PLAYING), player.says(5_000, PlayerState.PLAYING));
    run.until(8_000);

    Cohort cohort = run.state().cohort();
    assertThat(cohort.content()).hasSize(128);
    assertThat(cohort.attributes()).hasSize(32);
    assertThat(cohort.attributes().values()).allMatch(value -> value.length() == 128);
    assertThat(run.state().waiting()).isEmpty();
    assertThat(run.sum(Measure.VIEWS) + run.state().totals().get(Measure.VIEWS)).isEqualTo(1);
  }

  @Test
  void flood_ofReportsOutOfOrder_keepsABoundedNumberWaiting() {
    for (int i = 1_000; i > 0; i--) {
      run.take(player.sequence(i).says(i, PlayerState.PLAYING));
      assertThat(run.state().waiting()).hasSizeLessThanOrEqualTo(32);
    }
  }
}
