package io.aircheck.experience.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

final class IntervalTest {
  private static final double Z = Interval.Z95;

  @Test
  void wilson_ofTenInAHundred_isAsPublished() {
    Interval interval = Interval.wilson(10, 100, Z);

    assertThat(interval.low()).isEqualTo(0.0552, offset(5e-5));
    assertThat(interval.high()).isEqualTo(0.1744, offset(5e-5));
  }

  @Test
  void wilson_ofNone_leavesRoomByHowManyThereWere() {
    Interval interval = Interval.wilson(0, 10, Z);

    assertThat(interval.low()).isEqualTo(0, offset(1e-12));
    assertThat(interval.high()).isEqualTo(Z * Z / (10 + Z * Z), offset(1e-12));
    assertThat(Interval.wilson(0, 0, Z)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void rate_boundsAreWhereTheScoreIsTheLimit() {
    Interval interval = Interval.rate(40, 8, 3, Z);

    for (double bound : new double[] {interval.low(), interval.high()}) {
      double z = Math.abs(40 - 8 * bound) / Math.sqrt(3 * 8 * bound);
      assertThat(z).isEqualTo(Z, offset(1e-9));
    }
  }

  @Test
  void rate_ofNothing_isNotZeroForCertain() {
    assertThat(Interval.rate(0, 1, 1, Z).high()).isEqualTo(Z * Z, offset(1e-12));
    assertThat(Interval.rate(0, 0, 1, Z).high()).isInfinite();
  }
}
