package io.aircheck.experience.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.measure.Measure;
import org.junit.jupiter.api.Test;

/** Players that tell when they are asked to play, and not when they do. */
class AskedToPlayTest {
  private final ToldSession told = new ToldSession();

  @Test
  void waitingThatIsTold_isStartUpAndNoStall() {
    SessionRun run =
        told.snowplow(0, "play", 0, false)
            .snowplow(20, "buffer_start", 0, false)
            .snowplow(3_000, "buffer_end", 0, false)
            .snowplow(10_000, "ping", 7, false)
            .snowplow(13_000, "end", 10, false)
            .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(3_000);
    assertThat(run.sum(Measure.STARTUPS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLS)).isZero();
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(10_000);
  }

  @Test
  void waitingThatIsNotTold_endsWhereTheMediaBeganToMove() {
    SessionRun run =
        told.snowplow(0, "play", 600, false)
            .snowplow(1_000, "volume_change", 600, false)
            .snowplow(30_000, "ping", 627.5, false)
            .snowplow(40_000, "buffer_start", 637.5, false)
            .snowplow(42_000, "buffer_end", 637.5, false)
            .snowplow(50_000, "end", 645.5, false)
            .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(2_500);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(37_500 + 8_000);
    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(2_000);
  }

  @Test
  void stall_whileItPlaysThoughNothingToldSo_isOne() {
    SessionRun run =
        told.snowplow(0, "play", 0, false)
            .snowplow(10_000, "buffer_start", 9, false)
            .snowplow(14_000, "buffer_end", 9, false)
            .snowplow(20_000, "end", 15, false)
            .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(4_000);
  }

  @Test
  void viewer_whoLeavesBeforeAnythingMoves_exitsBeforeStart() {
    SessionRun run = told.snowplow(0, "play", 0, false).snowplow(8_000, "ping", 0, false).finish();

    assertThat(run.sum(Measure.PLAYS)).isZero();
    assertThat(run.sum(Measure.EXITS_BEFORE_START)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTING_MILLIS)).isEqualTo(8_000);
  }

  @Test
  void playAfterAPause_playsAtOnce() {
    SessionRun run =
        told.snowplow(0, "play", 0, false)
            .snowplow(5_000, "pause", 4, true)
            .snowplow(9_000, "play", 4, false)
            .snowplow(15_000, "end", 10, false)
            .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(4_000 + 6_000);
    assertThat(run.sum(Measure.PAUSED_MILLIS)).isEqualTo(4_000);
    assertThat(run.sum(Measure.SEEKING_MILLIS)).isZero();
  }

  @Test
  void jumpThatNoMediaTimeExplains_leavesTheStartUpUnknown() {
    SessionRun run =
        told.snowplow(0, "play", 0, false)
            .snowplow(10_000, "ping", 3_600, false)
            .snowplow(20_000, "ping", 3_610, false)
            .snowplow(25_000, "end", 3_615, false)
            .finish();

    assertThat(run.sum(Measure.STARTUPS)).isZero();
    assertThat(run.sum(Measure.PLAYS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(15_000);
  }

  @Test
  void seekBeforeTheFirstPicture_isPartOfTheStart() {
    SessionRun run =
        told.snowplow(0, "play", 0, false)
            .snowplow(300, "seek_start", 600, false)
            .snowplow(900, "seek_end", 600, false)
            .snowplow(10_000, "ping", 608, false)
            .snowplow(20_000, "end", 618, false)
            .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(2_000);
    assertThat(run.sum(Measure.SEEKS)).isZero();
  }

  @Test
  void pausedViewerWhoSeeks_staysPaused() {
    SessionRun run =
        told.epas(0, "loading")
            .epas(1_000, "playing")
            .epas(10_000, "paused")
            .epas(12_000, "seeking")
            .epas(12_400, "seeked")
            .epas(20_000, "heartbeat")
            .epas(30_000, "heartbeat")
            .epas(40_000, "playing")
            .epas(45_000, "stopped")
            .finish();

    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(9_000 + 5_000);
    assertThat(run.sum(Measure.SEEKING_MILLIS)).isEqualTo(400);
    assertThat(run.sum(Measure.PAUSED_MILLIS)).isEqualTo(2_000 + 27_600);
  }

  @Test
  void playingViewerWhoSeeksAndWaits_playsAgain() {
    SessionRun run =
        told.epas(0, "loading")
            .epas(1_000, "playing")
            .epas(10_000, "seeking")
            .epas(10_300, "buffering")
            .epas(12_000, "seeked")
            .epas(12_000, "buffered")
            .epas(20_000, "buffering")
            .epas(23_000, "buffered")
            .epas(30_000, "stopped")
            .finish();

    assertThat(run.sum(Measure.SEEKING_MILLIS)).isEqualTo(2_000);
    assertThat(run.sum(Measure.STALLS)).isEqualTo(1);
    assertThat(run.sum(Measure.STALLED_MILLIS)).isEqualTo(3_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(9_000 + 8_000 + 7_000);
  }

  @Test
  void waitingThatEndsBeforeTheFirstPicture_isStillTheStart() {
    SessionRun run =
        told.epas(0, "loading")
            .epas(500, "buffering")
            .epas(1_500, "buffered")
            .epas(2_000, "playing")
            .epas(10_000, "stopped")
            .finish();

    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(2_000);
  }
}
