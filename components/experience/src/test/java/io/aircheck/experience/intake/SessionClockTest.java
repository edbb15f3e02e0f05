package io.aircheck.experience.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionClockTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long YEAR = 365L * 24 * 3600 * 1000;

  private final SessionClock clock = new SessionClock();

  @Test
  void clockThatIsRight_isLeftAlone() {
    clock.observe(NOW - 30_000, NOW, true);
    clock.observe(NOW + 1_000, NOW + 500, true);
    assertThat(clock.corrected(NOW)).isEqualTo(NOW);
  }

  @Test
  void clockYearsBehind_isShifted() {
    clock.observe(NOW - 30 * YEAR, NOW, true);
    assertThat(clock.corrected(NOW - 30 * YEAR)).isEqualTo(NOW);
    assertThat(clock.corrected(NOW - 30 * YEAR - 5_000)).isEqualTo(NOW - 5_000);
  }

  @Test
  void clockAhead_isShiftedBack() {
    clock.observe(NOW + 7_000, NOW, true);
    assertThat(clock.corrected(NOW + 7_000)).isEqualTo(NOW);
    clock.observe(NOW + 17_000, NOW + 10_400, true);
    assertThat(clock.corrected(NOW + 17_000)).as("later ones by as much").isEqualTo(NOW + 10_000);
  }

  @Test
  void firstReportThatWasLate_isPutRightByTheNext() {
    clock.observe(NOW - 100_000, NOW, true);
    clock.observe(NOW + 4_000, NOW + 5_000, true);
    assertThat(clock.corrected(NOW + 4_000)).isEqualTo(NOW + 5_000);
  }

  @Test
  void reportsOfAPlayerThatWasOffline_stayLate() {
    clock.observe(NOW, NOW, true);
    clock.observe(NOW + 10_000, NOW + 600_000, true);
    assertThat(clock.corrected(NOW + 10_000)).isEqualTo(NOW + 10_000);
  }

  @Test
  void oldReportOutOfTurn_changesNothing() {
    clock.observe(NOW, NOW, true);
    clock.observe(NOW - 300_000, NOW + 10_000, false);
    assertThat(clock.corrected(NOW)).isEqualTo(NOW);
  }

  @Test
  void clockThatIsSetBack_isFollowed() {
    clock.observe(NOW, NOW, true);
    clock.observe(NOW - 3_600_000, NOW + 10_000, true);
    assertThat(clock.corrected(NOW - 3_600_000)).isEqualTo(NOW + 10_000);
  }

  @Test
  void clockThatIsSetAhead_isFollowed() {
    clock.observe(NOW, NOW, true);
    clock.observe(NOW + 3_610_000, NOW + 10_000, true);
    assertThat(clock.corrected(NOW + 3_610_000)).isEqualTo(NOW + 10_000);
  }
}
