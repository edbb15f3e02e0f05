package io.aircheck.media.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampsTest {
  private static final long PERIOD = 1L << 33;

  @Test
  void unwrapNear_afterTheWrap_goesOn() {
    assertThat(Timestamps.unwrapNear(50, PERIOD - 100, 33)).isEqualTo(PERIOD + 50);
  }

  @Test
  void unwrapNear_beforeTheWrap_goesBack() {
    assertThat(Timestamps.unwrapNear(PERIOD - 100, PERIOD + 50, 33)).isEqualTo(PERIOD - 100);
  }

  @Test
  void unwrapNear_afterManyWraps_staysNear() {
    long reference = 7 * PERIOD + 1234;

    assertThat(Timestamps.unwrapNear(2000, reference, 33)).isEqualTo(7 * PERIOD + 2000);
  }

  @Test
  void unwrapNear_referenceBelowZero_isNegative() {
    assertThat(Timestamps.unwrapNear(PERIOD - 10, 5, 33)).isEqualTo(-10);
  }

  @Test
  void unwrapNear_64Bits_isUnchanged() {
    assertThat(Timestamps.unwrapNear(-77, 1L << 60, 64)).isEqualTo(-77);
  }
}
