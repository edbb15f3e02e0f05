package io.aircheck.experience.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SessionScoreTest {
  @Test
  void perfectView_ofAKnownLadder_hasTheWholeScore() {
    SessionScore score =
        SessionScore.of(
            totals(
                Map.of(
                    Measure.PLAYS, 1L,
                    Measure.PLAYING_MILLIS, 600_000L,
                    Measure.WATCHED_MILLIS, 600_000L,
                    Measure.STARTUPS, 1L,
                    Measure.LADDER_MILLIS, 600_000L,
                    Measure.QUALITY_MILLIS, 600_000L)));

    assertThat(score.whole()).hasValue(100);
  }

  @Test
  void parts_atTheirNamedValues_areHalf() {
    Measures startup =
        totals(Map.of(Measure.PLAYS, 1L, Measure.STARTUPS, 1L, Measure.STARTUP_MILLIS, 4_000L));
    Measures stalled =
        totals(
            Map.of(
                Measure.PLAYS, 1L,
                Measure.WATCHED_MILLIS, 100_000L,
                Measure.STALLED_MILLIS, 5_000L));
    Measures often =
        totals(
            Map.of(
                Measure.PLAYS, 1L,
                Measure.PLAYING_MILLIS, 600_000L,
                Measure.STALLS, 2L));

    assertThat(SessionScore.of(startup).startup()).hasValue(50);
    assertThat(SessionScore.of(stalled).smoothness()).hasValue(50);
    assertThat(SessionScore.of(often).smoothness()).hasValue(50);
    assertThat(SessionScore.of(startup).whole().orElseThrow()).isCloseTo(250 / 3.0, offset(1e-9));
  }

  @Test
  void failures_halveOrTakeTheScore() {
    Measures played = totals(Map.of(Measure.PLAYS, 1L, Measure.PLAYBACK_FAILURES, 1L));
    Measures never = totals(Map.of(Measure.VIEWS, 1L, Measure.START_FAILURES, 1L));

    assertThat(SessionScore.of(played).whole()).hasValue(50);
    assertThat(SessionScore.of(never).whole()).hasValue(0);
  }

  @Test
  void exitBeforeStart_hasNoScore() {
    Measures left = totals(Map.of(Measure.VIEWS, 1L, Measure.EXITS_BEFORE_START, 1L));

    assertThat(SessionScore.of(left).whole()).isEmpty();
  }

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private static Measures totals(Map<Measure, Long> sums) {
    long[] values = Measures.ZERO.toArray();
    sums.forEach((measure, sum) -> values[measure.ordinal()] = sum);
    return Measures.of(values);
  }
}
