package io.aircheck.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendTest {
  private final Trend trend = new Trend();

  @Test
  void slope_straightLine_isItsRise() {
    for (int minute = 0; minute <= 60; minute++) {
      trend.add(minute / 60.0, 100 + 0.5 * minute);
    }

    assertThat(trend.slopePerHour(0)).isCloseTo(30, within(1e-9));
  }

  @Test
  void slope_fromTheMiddle_leavesOutWhatCameBefore() {
    for (int minute = 0; minute <= 60; minute++) {
      trend.add(minute / 60.0, minute < 30 ? 7 * minute : 210);
    }

    assertThat(trend.slopePerHour(0.5)).isCloseTo(0, within(1e-9));
  }

  @Test
  void slope_symmetricNoise_isThatOfTheLine() {
    trend.add(0, 10);
    trend.add(1, 13);
    trend.add(1, 9);
    trend.add(2, 12);

    assertThat(trend.slopePerHour(0)).isCloseTo(1, within(1e-9));
  }

  @Test
  void slope_twoValues_isUnknown() {
    trend.add(0, 1);
    trend.add(1, 2);
    trend.add(2, Double.NaN);

    assertThat(trend.slopePerHour(0)).isNaN();
  }

  @Test
  void mean_ofATime_isOfItsValues() {
    trend.add(0, 100);
    trend.add(1, 2);
    trend.add(2, 4);
    trend.add(3, 100);

    assertThat(trend.mean(1, 3)).isEqualTo(3);
  }
}
