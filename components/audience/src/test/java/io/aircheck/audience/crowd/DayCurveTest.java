package io.aircheck.audience.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DayCurveTest {
  private static final long HOUR = 3_600_000;

  @Test
  void constant_spreadsEvenly() {
    assertThat(DayCurve.CONSTANT.at(5 * HOUR)).isEqualTo(1);
    assertThat(DayCurve.CONSTANT.momentOf(0.25, 1000, 5000)).isEqualTo(2000);
  }

  @Test
  void evening_isHighestAtItsPeakAndLowestTwelveHoursLater() {
    assertThat(DayCurve.EVENING.at(20 * HOUR + HOUR / 2)).isEqualTo(1.8, within(1e-9));
    assertThat(DayCurve.EVENING.at(8 * HOUR + HOUR / 2)).isEqualTo(0.2, within(1e-9));
  }

  @Test
  void moment_ofAShare_isWhereTheIntegralOfTheCurveIs() {
    // From peak to peak the curve is symmetric; half of all come by the trough.
    long from = 20 * HOUR + HOUR / 2;
    assertThat(DayCurve.EVENING.momentOf(0.5, from, from + 24 * HOUR))
        .isCloseTo(from + 12 * HOUR, within(1L));
    // In the first quarter after the peak: 1/4 + 0.8/(2 pi) of the day's viewers.
    double share = 0.25 + 0.8 / (2 * Math.PI);
    assertThat(DayCurve.EVENING.momentOf(share, from, from + 24 * HOUR))
        .isCloseTo(from + 6 * HOUR, within(1L));
  }

  @Test
  void swing_ofAllAndMore_isRefused() {
    assertThatThrownBy(() -> new DayCurve(1, 0)).hasMessageContaining("below 1");
  }
}
