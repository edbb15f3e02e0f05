package io.aircheck.experience.session;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.session.SessionEnd.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is measured of sessions whose course is known. */
final class SessionFoldTest {
  private final FakePlayer player = new FakePlayer("s");
  private final SessionRun run = new SessionRun();

  @Test
  void session_startedStalledSoughtPausedAndQuit_isMeasuredInEveryPart() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(1_200, facts().state(PlayerState.PLAYING).bitrateKbps(3000)),
            player.says(21_200, PlayerState.REBUFFERING),
            player.says(24_200, PlayerState.PLAYING),
            player.says(30_000, PlayerState.SEEKING),
            player.says(30_400, PlayerState.REBUFFERING),
            player.says(32_000, PlayerState.PLAYING),
            player.says(40_000, PlayerState.PAUSED),
            player.says(50_000, PlayerState.PLAYING),
            player.says(60_000, PlayerState.QUIT))
        .finish();

    Measures sum = run.sum();
    assertThat(sum.get(Measure.VIEWS)).isEqualTo(1);
    assertThat(sum.get(Measure.PLAYS)).isEqualTo(1);
    assertThat(sum.get(Measure.ENDED)).isEqualTo(1);
    assertThat(sum.get(Measure.STARTUPS)).isEqualTo(1);
    assertThat(sum.get(Measure.STARTUP_MILLIS)).isEqualTo(1_200);
    assertThat(sum.get(Measure.STARTING_MILLIS)).isEqualTo(1_200);
    assertThat(sum.get(Measure.STALLS)).isEqualTo(1);
    assertThat(sum.get(Measure.STALLED_MILLIS)).isEqualTo(3_000);
    assertThat(sum.get(Measure.SEEKS)).isEqualTo(1);
    assertThat(sum.get(Measure.SEEKING_MILLIS)).isEqualTo(2_000);
    assertThat(sum.get(Measure.PLAYING_MILLIS)).isEqualTo(20_000 + 5_800 + 8_000 + 10_000);
    assertThat(sum.get(Measure.PAUSED_MILLIS)).isEqualTo(10_000);
    assertThat(sum.get(Measure.WATCHED_MILLIS)).isEqualTo(50_000);
    assertThat(sum.get(Measure.BITS)).isEqualTo(3000L * 43_800);
    assertThat(Ratio.BITRATE_KBPS.of(sum)).hasValue(3000);
    assertThat(Ratio.REBUFFERING_PERCENT.of(sum)).hasValue(6);
    assertThat(Ratio.STARTING_PERCENT.of(sum)).hasValue(2.4);
    assertThat(Ratio.SEEKING_PERCENT.of(sum)).hasValue(4);
    assertThat(Ratio.STALLS_PER_VIEW.of(sum)).hasValue(1);
    assertThat(Ratio.FAILED_VIEWS_PERCENT.of(sum)).hasValue(0);
    assertThat(Ratio.LOST_PERCENT.of(sum)).hasValue(0);
    assertThat(sum.get(Measure.EXITS_BEFORE_START)).isZero();
    assertThat(sum.get(Measure.LOST)).isZero();
    assertThat(sum.get(Measure.REPORTS)).isEqualTo(10);
    assertThat(run.ends()).singleElement().extracting(SessionEnd::reason).isEqualTo(Reason.QUIT);
    assertThat(run.ends().getFirst().totals()).isEqualTo(sum);
    assertThat(run.state().isEmpty()).isTrue();
  }

  @Test
  void deltas_ofAlignedWindows_holdTheTimeOfTheirWindow() {
    run.take(
            player.says(2_900, PlayerState.STARTING),
            player.says(3_900, PlayerState.PLAYING),
            player.says(33_900, PlayerState.PLAYING),
            player.says(35_900, PlayerState.QUIT))
        .finish();

    Map<Long, Measures> windows = run.windows();
    assertThat(windows.keySet()).containsExactly(0L, 10L, 20L, 30L);
    assertThat(run.window(0).get(Measure.PLAYING_MILLIS)).isEqualTo(6_000);
    assertThat(run.window(10).get(Measure.PLAYING_MILLIS)).isEqualTo(10_000);
    assertThat(run.window(20).get(Measure.PLAYING_MILLIS)).isEqualTo(10_000);
    assertThat(run.window(30).get(Measure.PLAYING_MILLIS)).isEqualTo(6_000);
    assertThat(windows.values()).allMatch(sums -> sums.get(Measure.VIEWERS) == 1);
  }

  @Test
  void whatHappenedInAWindow_beforeTheNextReport_isToldWhenTheWindowIsOver() {
    run.take(player.says(3_000, PlayerState.STARTING), player.says(4_000, PlayerState.PLAYING))
        .until(9_999);
    assertThat(run.deltas).isEmpty();

    run.until(10_000);
    assertThat(run.sum(Measure.PLAYS)).isEqualTo(1);
    assertThat(run.sum(Measure.VIEWERS)).isEqualTo(1);
  }

  @Test
  void tabThatIsClosed_saysNothing_andEndsByTimeoutAtItsLastReport() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(1_000, PlayerState.PLAYING),
            player.says(31_000, PlayerState.PLAYING))
        .until(31_100 + 90_000);

    assertThat(run.ends()).singleElement().extracting(SessionEnd::reason).isEqualTo(Reason.TIMEOUT);
    assertThat(run.ends().getFirst().endedMillis()).isEqualTo(FakePlayer.START + 31_100);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(30_000);
  }

  @Test
  void viewer_whoLeavesBeforeTheFirstPicture_exitsBeforeStart() {
    run.take(player.says(0, PlayerState.STARTING), player.says(5_000, PlayerState.QUIT)).finish();

    assertThat(run.sum(Measure.EXITS_BEFORE_START)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYS)).isZero();
    assertThat(run.sum(Measure.STARTUPS)).isZero();
    assertThat(run.sum(Measure.WATCHED_MILLIS)).isEqualTo(5_000);
  }

  @Test
  void view_thatNobodySawWaiting_isNoExitBeforeStart() {
    run.take(
            player.says(0, facts().state(PlayerState.STARTING).background(true)),
            player.says(20_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.EXITS_BEFORE_START)).isZero();
    assertThat(run.sum(Measure.BACKGROUND_MILLIS)).isEqualTo(20_000);
    assertThat(run.sum(Measure.STARTING_MILLIS)).isZero();
  }

  @Test
  void viewer_whoSawItWaitBetweenTwoStretchesInTheBackground_exitsBeforeStart() {
    run.take(
            player.says(0, facts().state(PlayerState.STARTING).background(true)),
            player.says(20_000, facts().background(false)),
            player.says(23_000, facts().background(true)),
            player.says(30_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.EXITS_BEFORE_START)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTING_MILLIS)).isEqualTo(3_000);
  }

  @Test
  void tab_thatIsClosedBeforeAnythingElseIsTold_exitsBeforeStart() {
    run.take(player.says(0, PlayerState.STARTING)).finish();

    assertThat(run.sum(Measure.EXITS_BEFORE_START)).isEqualTo(1);
  }

  @Test
  void viewer_whoNeverAskedToPlay_isNoView() {
    run.take(player.says(0, PlayerState.PRELOADING), player.says(5_000, PlayerState.QUIT)).finish();

    assertThat(run.sum(Measure.VIEWS)).isZero();
    assertThat(run.sum(Measure.WATCHED_MILLIS)).isZero();
    assertThat(run.ends()).isEmpty();
  }

  @Test
  void fatalError_beforeTheFirstPicture_isAStartFailure() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(2_000, facts().errorCode("404").fatal(true)))
        .finish();

    assertThat(run.sum(Measure.START_FAILURES)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYBACK_FAILURES)).isZero();
    assertThat(run.sum(Measure.EXITS_BEFORE_START)).isZero();
    assertThat(run.sum(Measure.ERRORS)).isEqualTo(1);
    assertThat(run.ends()).singleElement().extracting(SessionEnd::reason).isEqualTo(Reason.FAILED);
  }

  @Test
  void player_thatGoesOnSayingThatItHasFailed_hasOneError() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(1_000, PlayerState.PLAYING),
            player.says(5_000, facts().errorCode("3016").fatal(true)),
            player.says(35_000, facts().state(PlayerState.FAILED).fatal(true)),
            player.says(65_000, facts().state(PlayerState.FAILED).fatal(true)))
        .finish();

    assertThat(run.sum(Measure.ERRORS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYBACK_FAILURES)).isEqualTo(1);
  }

  @Test
  void retry_thatSucceeds_takesTheStartFailureBackAndDoesNotCountTheTimeBetween() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(2_000, facts().errorCode("404").fatal(true)))
        .until(15_000);
    assertThat(run.sum(Measure.START_FAILURES)).isEqualTo(1);

    run.take(
            player.says(60_000, PlayerState.STARTING),
            player.says(61_000, PlayerState.PLAYING),
            player.says(70_000, PlayerState.ENDED))
        .finish();
    assertThat(run.sum(Measure.START_FAILURES)).isZero();
    assertThat(run.sum(Measure.FAILED_VIEWS)).as("it failed nevertheless").isEqualTo(1);
    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYS)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(3_000);
    assertThat(run.sum(Measure.WATCHED_MILLIS)).isEqualTo(12_000);
  }

  @Test
  void fatalError_whilePlaying_staysAPlaybackFailureAfterARetry() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(1_000, PlayerState.PLAYING),
            player.says(5_000, facts().state(PlayerState.FAILED).errorCode("3016")),
            player.says(8_000, PlayerState.STARTING),
            player.says(9_000, PlayerState.PLAYING),
            player.says(20_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.PLAYBACK_FAILURES)).isEqualTo(1);
    assertThat(run.sum(Measure.FAILED_VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.ENDED)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(4_000 + 11_000);
    assertThat(run.sum(Measure.SEEKING_MILLIS)).isEqualTo(1_000);
    assertThat(run.ends())
        .extracting(SessionEnd::reason)
        .containsExactly(Reason.FAILED, Reason.QUIT);
  }

  @Test
  void session_thatGoesOnAfterATimeout_isOneViewAndItsSilenceIsNotWatched() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(1_000, PlayerState.PLAYING),
            player.says(11_000, PlayerState.PLAYING),
            player.says(611_000, PlayerState.PLAYING),
            player.says(621_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.ENDED)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(20_000);
    assertThat(run.sum(Measure.GAP_MILLIS)).isEqualTo(600_000);
    assertThat(run.ends())
        .extracting(SessionEnd::reason)
        .containsExactly(Reason.TIMEOUT, Reason.QUIT);
  }

  @Test
  void reports_heldBackByThePlayer_countTheirTimeThoughTheSessionHadTimedOut() {
    run.take(player.says(0, PlayerState.STARTING), player.says(1_000, PlayerState.PLAYING));
    player.delay(300_100);
    for (int i = 1; i <= 9; i++) {
      run.take(player.says(1_000 + 30_000L * i, PlayerState.PLAYING));
    }
    run.finish();

    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(270_000);
    assertThat(run.sum(Measure.GAP_MILLIS)).isZero();
    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
  }

  @Test
  void otherContent_inTheSameSession_isAnotherView() {
    run.take(
        player.says(0, PlayerState.STARTING),
        player.says(1_000, PlayerState.PLAYING),
        player.says(9_000, PlayerState.PLAYING));
    player.content("channel-2");
    run.take(
            player.says(10_000, PlayerState.STARTING),
            player.says(10_500, PlayerState.PLAYING),
            player.says(20_500, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(2);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_500);
    assertThat(run.ends())
        .extracting(SessionEnd::reason)
        .containsExactly(Reason.CONTENT_CHANGED, Reason.QUIT);
    assertThat(run.ends().getFirst().totals().get(Measure.PLAYING_MILLIS)).isEqualTo(9_000);
    assertThat(run.deltas).extracting(SessionDelta::view).containsOnly(1, 2);
    assertThat(run.deltas.getLast().cohort().content()).isEqualTo("channel-2");
  }

  @Test
  void advertisements_areInNoMeasureButTheirOwn() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(500, facts().state(PlayerState.PLAYING).adBreak(true).bitrateKbps(9000)),
            player.says(15_500, PlayerState.REBUFFERING),
            player.says(16_500, PlayerState.PLAYING),
            player.says(20_500, facts().state(PlayerState.STARTING).adBreak(false)),
            player.says(21_000, facts().state(PlayerState.PLAYING).bitrateKbps(2000)),
            player.says(31_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(20_000);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000);
    assertThat(run.sum(Measure.STALLS)).isZero();
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(10_000);
    assertThat(run.sum(Measure.BITS)).isEqualTo(2000L * 10_000);
    assertThat(run.sum(Measure.SWITCHES_DOWN)).isZero();
    assertThat(run.sum(Measure.WATCHED_MILLIS)).isEqualTo(11_000);
  }

  @Test
  void viewer_whoLeavesInAnAdvertisement_neitherPlaysNorExitsBeforeStart() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(500, facts().state(PlayerState.PLAYING).adBreak(true)),
            player.says(5_500, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYS)).isZero();
    assertThat(run.sum(Measure.EXITS_BEFORE_START)).isZero();
  }

  @Test
  void waiting_inTheBackground_isNeitherStartUpNorStall() {
    run.take(player.says(0, facts().state(PlayerState.STARTING).background(true)));
    for (int i = 1; i <= 100; i++) {
      run.take(player.says(60_000L * i, PlayerState.STARTING));
    }
    run.take(
            player.says(6_001_000, facts().background(false)),
            player.says(6_002_000, PlayerState.PLAYING),
            player.says(6_010_000, facts().background(true)),
            player.says(6_011_000, PlayerState.REBUFFERING),
            player.says(6_020_000, PlayerState.PLAYING),
            player.says(6_030_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000);
    assertThat(run.sum(Measure.STALLS)).isZero();
    assertThat(run.sum(Measure.STALLED_MILLIS)).isZero();
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(8_000 + 1_000 + 10_000);
    assertThat(run.sum(Measure.BACKGROUND_MILLIS)).isEqualTo(6_001_000 + 20_000);
  }

  @Test
  void stall_thatBeginsInTheBackground_countsWhenItIsSeen() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(1_000, facts().state(PlayerState.PLAYING).background(true)),
            player.says(5_000, PlayerState.REBUFFERING),
            player.says(7_000, facts().background(false)),
            player.says(7_500, facts().background(true)),
            player.says(8_000, facts().background(false)),
            player.says(10_000, PlayerState.PLAYING),
            player.says(11_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(2_500);
  }

  @Test
  void rebuffering_beforeTheFirstPicture_isStartUp() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(300, PlayerState.REBUFFERING),
            player.says(900, PlayerState.PLAYING),
            player.says(5_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(900);
    assertThat(run.sum(Measure.STALLS)).isZero();
  }

  @Test
  void wantOfData_rightAfterASeek_belongsToTheSeek() {
    run.take(
            player.says(0, PlayerState.PLAYING),
            player.says(10_000, PlayerState.SEEKING),
            player.says(10_200, PlayerState.PLAYING),
            player.says(10_900, PlayerState.REBUFFERING),
            player.says(12_000, PlayerState.PLAYING),
            player.says(13_000, PlayerState.REBUFFERING),
            player.says(14_000, PlayerState.PLAYING),
            player.says(15_000, PlayerState.QUIT))
        .finish();

    assertThat(run.sum(Measure.SEEKING_MILLIS)).isEqualTo(200 + 1_100);
    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(1_000);
  }

  @Test
  void bitrateLatencyAndRate_areWeightedByTime() {
    run.take(
            player.says(0, PlayerState.STARTING),
            player.says(
                0,
                facts()
                    .state(PlayerState.PLAYING)
                    .bitrateKbps(1000)
                    .topBitrateKbps(4000)
                    .liveLatencyMillis(4_000L)),
            player.says(10_000, facts().bitrateKbps(4000).liveLatencyMillis(6_000L)),
            player.says(20_000, facts().bitrateKbps(2000).playbackRate(0.5)),
            player.says(30_000, PlayerState.QUIT))
        .finish();

    Measures sum = run.sum();
    assertThat(sum.get(Measure.MEDIA_MILLIS)).isEqualTo(25_000);
    assertThat(sum.get(Measure.BITS)).isEqualTo(10_000_000 + 40_000_000 + 10_000_000);
    assertThat(Ratio.BITRATE_KBPS.of(sum)).hasValue(2400);
    assertThat(sum.get(Measure.QUALITY_MILLIS)).isEqualTo(2_500 + 10_000 + 2_500);
    assertThat(Ratio.QUALITY_PERCENT.of(sum)).hasValue(60);
    assertThat(sum.get(Measure.SWITCHES_UP)).isEqualTo(1);
    assertThat(sum.get(Measure.SWITCHES_DOWN)).isEqualTo(1);
    assertThat(Ratio.LATENCY_SECONDS.of(sum).orElseThrow()).isEqualTo(16.0 / 3, offset(1e-9));
  }

  @Test
  void sharesOfMedia_ofManyWindows_addUpToThatOfTheWhole() {
    run.take(
        player.says(0, PlayerState.STARTING),
        player.says(1, facts().state(PlayerState.PLAYING).bitrateKbps(800).topBitrateKbps(6000)));
    for (int i = 1; i <= 120; i++) {
      run.take(player.says(1 + 29_999L * i, facts()));
    }
    run.take(player.says(3_600_001, facts().state(PlayerState.QUIT))).finish();

    assertThat(run.sum(Measure.LADDER_MILLIS)).isEqualTo(3_600_000);
    assertThat(run.sum(Measure.QUALITY_MILLIS)).isEqualTo(3_600_000L * 800 / 6000);
  }

  @Test
  void speed_thatIsNoWholeShareOfAMillisecond_losesNone() {
    run.take(
        player.says(0, facts().state(PlayerState.PLAYING).bitrateKbps(1000).playbackRate(1.25)));
    for (int i = 1; i <= 400; i++) {
      run.take(player.says(2_501L * i, facts()));
    }
    run.take(player.says(1_000_401, facts().state(PlayerState.QUIT))).finish();

    assertThat(run.sum(Measure.MEDIA_MILLIS)).isEqualTo(1_000_401L * 5 / 4);
  }

  @Test
  void droppedFrames_whoseTotalBeginsAnew_areCountedOn() {
    run.take(
            player.says(0, facts().state(PlayerState.PLAYING).droppedFrames(5L)),
            player.says(10_000, facts().droppedFrames(12L)),
            player.says(20_000, facts().droppedFrames(3L)),
            player.says(30_000, facts().droppedFrames(4L).state(PlayerState.QUIT)))
        .finish();

    assertThat(run.sum(Measure.DROPPED_FRAMES)).isEqualTo(16);
  }

  @Test
  void cohort_thatChanges_takesWhatComesAfter() {
    run.take(player.says(0, PlayerState.PLAYING), player.says(4_000, PlayerState.PLAYING));
    player.attributes(Map.of("cdn", "south"));
    run.take(player.says(6_000, PlayerState.PLAYING), player.says(9_000, PlayerState.QUIT))
        .finish();

    long north = 0;
    long south = 0;
    for (SessionDelta delta : run.deltas) {
      long playing = delta.measures().get(Measure.PLAYING_MILLIS);
      assertThat(delta.cohort().value("country")).isEqualTo("DE");
      north += delta.cohort().value("cdn").equals("north") ? playing : 0;
      south += delta.cohort().value("cdn").equals("south") ? playing : 0;
    }
    assertThat(north).isEqualTo(6_000);
    assertThat(south).isEqualTo(3_000);
    assertThat(run.sum(Measure.VIEWERS)).isEqualTo(1);
  }

  @Test
  void session_thatNeverEnds_keepsCountingInTheSameSpace() {
    run.take(player.says(0, PlayerState.STARTING));
    long day = 86_400_000;
    for (long at = 30_000; at <= day; at += 30_000) {
      run.take(player.says(at, PlayerState.PLAYING));
    }
    run.until(day + 12_100);

    assertThat(run.sum(Measure.WATCHED_MILLIS)).isEqualTo(day);
    assertThat(run.state().isOpen()).isTrue();
    assertThat(run.state().waiting()).isEmpty();
    assertThat(run.state().channels()).hasSize(1);
  }
}
