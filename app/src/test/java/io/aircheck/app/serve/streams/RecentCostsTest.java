package io.aircheck.app.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentCostsTest {
  private final RecentCosts costs = new RecentCosts();

  @Test
  void of_firstMeasurement_isWhatWasMeasured() {
    costs.add(5_000, Map.of("a", 0.2));

    assertThat(costs.of("a")).isEqualTo(0.2);
    assertThat(costs.of("b")).isZero();
  }

  @Test
  void of_stallOfAMinute_isDownToAThirdAndNotToNothing() {
    costs.add(0, Map.of("a", 0.2));
    for (int seconds = 5; seconds <= 60; seconds += 5) {
      costs.add(seconds * 1000L, Map.of("a", 0.0));
    }

    assertThat(costs.of("a")).isCloseTo(0.2 / Math.E, within(1e-9));
  }

  @Test
  void of_streamThatIsGone_isForgotten() {
    costs.add(0, Map.of("a", 0.2));
    costs.add(5_000, Map.of("b", 0.1));

    assertThat(costs.of("a")).isZero();
  }
}
