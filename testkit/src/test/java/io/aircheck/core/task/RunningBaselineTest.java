package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningBaselineTest {
  private final RunningBaseline baseline = new RunningBaseline(5);

  private void add(double... values) {
    for (double value : values) {
      baseline.add(value);
    }
  }

  @Test
  void above_oddAndEvenNumberOfValues_isDistanceFromTheMedian() {
    add(3, 1, 2);
    assertThat(baseline.above(5)).isEqualTo(3);

    add(8);
    assertThat(baseline.above(2)).isEqualTo(-0.5);
  }

  @Test
  void deviation_ofValues_isScaledMedianDistance() {
    // Median 3, distances 2 1 0 1 2.
    add(1, 2, 3, 4, 5);

    assertThat(baseline.deviation()).isCloseTo(1.4826, within(1e-9));
  }

  @Test
  void above_outliersInTheMinority_areTakenNoNoticeOf() {
    add(2, 2, 2, 100, -100);

    assertThat(baseline.above(2)).isZero();
    assertThat(baseline.deviation()).isZero();
  }

  @Test
  void add_beyondCapacity_forgetsTheOldest() {
    add(100, 100, 100, 1, 2, 3, 4, 5);

    assertThat(baseline.size()).isEqualTo(5);
    assertThat(baseline.above(3)).isZero();
  }
}
