package io.aircheck.experience.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.measure.Measure;
import org.junit.jupiter.api.Test;

/** Breaks and advertisements as reporters tell them, beside the content that they interrupt. */
class AdvertisementTest {
  private final ToldSession told = new ToldSession();

  @Test
  void advertisement_thatIsSkipped_isOver() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(1_000, "cid=\"a\",e=ps,sta=p")
            .cmcd(10_000, "cid=\"a\",e=as,sta=p")
            .cmcd(15_000, "cid=\"a\",e=sk,sta=p")
            .cmcd(45_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(5_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(9_000 + 30_000);
  }

  @Test
  void preRoll_ofTwoAdvertisements_isNoPlayBetweenThem() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(500, "cid=\"a\",e=abs")
            .cmcd(1_000, "e=as,sta=p")
            .cmcd(16_000, "e=ae,sta=p")
            .cmcd(16_800, "e=as,sta=p")
            .cmcd(30_000, "e=t,sta=p")
            .cmcd(31_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.PLAYS)).isZero();
    assertThat(run.sum(Measure.STARTUPS)).isZero();
    assertThat(run.sum(Measure.EXITS_BEFORE_START)).isZero();
    assertThat(run.sum(Measure.STARTING_MILLIS)).isEqualTo(500);
    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(30_500);
  }

  @Test
  void preRoll_thenContent_hasTheStartUpOfTheContent() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(500, "cid=\"a\",e=abs")
            .cmcd(1_000, "cid=\"ad-1\",e=as,sta=p")
            .cmcd(16_000, "cid=\"ad-1\",e=ae,sta=e")
            .cmcd(16_200, "cid=\"ad-2\",e=as,sta=p")
            .cmcd(31_000, "cid=\"ad-2\",e=sk,sta=e")
            .cmcd(31_500, "cid=\"a\",e=abe")
            .cmcd(32_700, "cid=\"a\",e=ps,sta=p")
            .cmcd(60_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(500 + 1_200);
    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(31_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(27_300);
  }

  @Test
  void advertisements_withContentAndPlayerOfTheirOwn_areOneViewWithTheContent() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(1_000, "br=(3000),cid=\"a\",e=ps,sta=p")
            .cmcd(11_000, "cid=\"a\",e=abs,nr")
            .cmcd(11_200, "br=(900),cid=\"ad-1\",e=as,sta=p")
            .cmcd(15_000, "br=(900),cid=\"ad-1\",e=t,sta=p")
            .cmcd(21_000, "cid=\"ad-1\",e=ps,sta=e")
            .cmcd(21_100, "br=(900),cid=\"ad-1\",e=ae,sta=e")
            .cmcd(21_500, "cid=\"a\",e=abe,sta=p")
            .cmcd(31_500, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.ends()).hasSize(1);
    assertThat(run.deltas).allMatch(delta -> delta.cohort().content().matches("a?"));
    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(10_500);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(20_000);
    assertThat(run.sum(Measure.BITS)).isEqualTo(3_000L * 20_000);
  }

  @Test
  void advertisement_withoutBreak_endsWithAStateThatIsItsOwn() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(1_000, "cid=\"ad-1\",e=as,sta=p")
            .cmcd(16_000, "cid=\"ad-1\",e=ae,sta=p")
            .cmcd(18_000, "cid=\"a\",e=ps,sta=p")
            .cmcd(28_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000 + 2_000);
    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(15_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(10_000);
  }

  @Test
  void advertisement_thatFails_isAnErrorAndNoFailureOfTheView() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(500, "cid=\"a\",e=abs")
            .cmcd(1_000, "cid=\"ad-1\",e=as,sta=p")
            .cmcd(2_000, "cid=\"ad-1\",e=e,ec=(\"900\"),sta=f")
            .cmcd(2_500, "cid=\"a\",e=abe,sta=s")
            .cmcd(3_000, "cid=\"a\",e=ps,sta=p")
            .cmcd(9_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.START_FAILURES)).isZero();
    assertThat(run.sum(Measure.ERRORS)).isEqualTo(1);
    assertThat(run.ends())
        .singleElement()
        .extracting(SessionEnd::reason)
        .isEqualTo(SessionEnd.Reason.QUIT);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000);
  }

  @Test
  void breakWhoseEndIsNotTold_isOverWhenTheContentPlays() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(1_000, "cid=\"a\",e=ps,sta=p")
            .cmcd(11_000, "cid=\"a\",e=abs")
            .cmcd(11_200, "cid=\"ad-1\",e=as,sta=p")
            .cmcd(15_000, "cid=\"ad-1\",e=t,sta=p")
            .cmcd(18_000, "cid=\"a\",e=t,sta=a")
            .cmcd(18_000, "cid=\"ad-1\",e=t,sta=p")
            .cmcd(21_000, "cid=\"ad-1\",e=ae,sta=p")
            .cmcd(22_000, "cid=\"a\",e=ps,sta=p")
            .cmcd(52_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(11_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(10_000 + 30_000);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(1_000);
  }

  @Test
  void advertisementWhoseEndIsNotTold_isOverWhenTheContentPlays() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(1_000, "cid=\"a\",e=ps,sta=p")
            .cmcd(11_000, "cid=\"ad-1\",e=as")
            .cmcd(11_100, "cid=\"ad-1\",e=ps,sta=p")
            .cmcd(27_000, "cid=\"a\",e=t,sta=p")
            .cmcd(57_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(16_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(10_000 + 30_000);
    assertThat(run.sum(Measure.VIEWS)).isEqualTo(1);
  }

  @Test
  void breakOfAdvertisementsWithoutContent_isOverWhenThePlayheadMovesAfterOne() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(1_000, "cid=\"a\",e=ps,pt=0,sta=p")
            .cmcd(11_000, "cid=\"a\",e=abs")
            .cmcd(11_000, "cid=\"a\",e=as,sta=p")
            .cmcd(26_000, "cid=\"a\",e=ae,pt=10000,sta=p")
            .cmcd(26_500, "cid=\"a\",e=t,pt=10000,sta=p")
            .cmcd(30_000, "cid=\"a\",e=t,pt=10000,sta=p")
            .cmcd(40_000, "cid=\"a\",e=t,pt=20000,sta=p")
            .cmcd(50_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(29_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(10_000 + 10_000);
  }

  @Test
  void advertisementInTheMediaOfTheContent_lastsThoughThePlayheadMoves() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(1_000, "cid=\"a\",e=ps,pt=0,sta=p")
            .cmcd(11_000, "cid=\"a\",e=abs")
            .cmcd(11_000, "cid=\"ad-1\",e=as,sta=p")
            .cmcd(15_000, "cid=\"a\",e=t,pt=14000,sta=p")
            .cmcd(25_000, "cid=\"a\",e=t,pt=24000,sta=p")
            .cmcd(26_000, "cid=\"ad-1\",e=ae,sta=p")
            .cmcd(26_000, "cid=\"a\",e=abe,pt=25000,sta=p")
            .cmcd(36_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(15_000);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(10_000 + 10_000);
  }

  @Test
  void preRollWhoseEndIsNotTold_leavesTheStartUpUnknown() {
    SessionRun run =
        told.cmcd(0, "cid=\"a\",e=ps,sta=s")
            .cmcd(500, "cid=\"a\",e=abs")
            .cmcd(1_000, "cid=\"ad-1\",e=as,sta=p")
            .cmcd(5_000, "cid=\"ad-1\",e=t,sta=p")
            .cmcd(20_000, "cid=\"a\",e=ps,sta=p")
            .cmcd(30_000, "cid=\"a\",e=ps,sta=q")
            .finish();

    assertThat(run.sum(Measure.PLAYS)).isEqualTo(1);
    assertThat(run.sum(Measure.STARTUPS)).isZero();
    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(19_500);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(10_000);
  }

  @Test
  void preRollInSnowplow_ofTwoAdvertisements_isNoPlayBetweenThem() {
    SessionRun run =
        told.snowplow(0, "play", 0, false)
            .snowplow(100, "ad_break_start", 0, false)
            .snowplow(600, "ad_start", 0, false)
            .snowplow(15_600, "ad_complete", 0, false)
            .snowplow(16_000, "ad_start", 0, false)
            .snowplow(31_000, "ad_skip", 0, false)
            .snowplow(31_500, "ad_break_end", 0, false)
            .snowplow(40_000, "ping", 8, false)
            .snowplow(50_000, "pause", 18, true)
            .finish();

    assertThat(run.sum(Measure.AD_MILLIS)).isEqualTo(31_400);
    assertThat(run.sum(Measure.STARTUP_MILLIS)).isEqualTo(100 + 500);
    assertThat(run.sum(Measure.PLAYING_MILLIS)).isEqualTo(18_000);
  }
}
