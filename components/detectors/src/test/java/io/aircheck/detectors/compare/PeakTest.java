package io.aircheck.detectors.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PeakTest {
  @Test
  void top_inTheMiddle_isAccepted() {
    Peak peak = Peak.of(new float[] {0, 0.2f, 0.9f, 0.2f, 0}, 1);

    assertThat(peak).isEqualTo(new Peak(2, 0.9f, 0, true));
    assertThat(peak.accepted(0.6, 0.1)).isTrue();
  }

  @Test
  void slopeOfATopBeyondTheEnd_isNotAccepted() {
    assertThat(Peak.of(new float[] {0, 0, 0.2f, 0.5f, 0.9f}, 1).accepted(0.6, 0.1)).isFalse();
    assertThat(Peak.of(new float[] {0.9f, 0.5f, 0.2f, 0, 0}, 1).accepted(0.6, 0.1)).isFalse();
  }

  @Test
  void rivalTooNear_isNotAccepted() {
    assertThat(Peak.of(new float[] {0, 0.9f, 0, 0.85f, 0}, 1).accepted(0.6, 0.1)).isFalse();
  }

  @Test
  void refined_parabola_findsItsTop() {
    // 0.9 - 0.1 (x - 2.25)² at 0 to 4.
    float[] scores = new float[5];
    for (int x = 0; x < scores.length; x++) {
      scores[x] = (float) (0.9 - 0.1 * (x - 2.25) * (x - 2.25));
    }

    assertThat(Peak.of(scores, 1).refined(scores)).isCloseTo(2.25, within(1e-4));
  }
}
