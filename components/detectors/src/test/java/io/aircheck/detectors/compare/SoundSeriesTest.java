package io.aircheck.detectors.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.observe.Fingerprint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundSeriesTest {
  private static final byte UP = 1;
  private static final byte DOWN = -1;

  /** A signature whose digits are all the same, ten of them a value. */
  private static Fingerprint signature(long startMillis, int values, byte digit) {
    byte[] digits = new byte[TernaryCode.DIGITS];
    Arrays.fill(digits, digit);
    float[] packed = new float[values];
    Arrays.fill(packed, TernaryCode.pack(digits, 0, digits.length));
    return new Fingerprint(
        "audio:0",
        SoundSignature.SCHEME,
        startMillis * 1000,
        TernaryCode.DIGITS * 1000L,
        TimestampScope.UNKNOWN,
        packed);
  }

  @Test
  void of_consecutiveSignatures_coversBoth() {
    SoundSeries series = SoundSeries.of(List.of(signature(100, 1, UP), signature(110, 1, DOWN)));

    assertThat(series.startMillis()).isEqualTo(100);
    assertThat(series.endMillis()).isEqualTo(120);
    assertThat(series.aboveAt(100)).isEqualTo(0x3ff);
    assertThat(series.belowAt(100)).isEqualTo(0x3ffL << 10);
  }

  @Test
  void of_lastEndsBeforeTheOneBefore_coversTheLongerAndTheLaterCounts() {
    SoundSeries series = SoundSeries.of(List.of(signature(0, 100, UP), signature(10, 2, DOWN)));

    assertThat(series.endMillis()).isEqualTo(1000);
    assertThat(series.aboveAt(0)).isEqualTo(0x3ff | -1L << 30);
    assertThat(series.belowAt(0)).isEqualTo(0xfffffL << 10);
    assertThat(series.aboveAt(936)).isEqualTo(-1L);
  }

  @Test
  void of_nothing_isEmpty() {
    assertThat(SoundSeries.of(List.of()).endMillis()).isZero();
  }
}
