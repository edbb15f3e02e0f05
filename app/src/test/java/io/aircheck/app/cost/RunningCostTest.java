package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningCostTest {

  @Test
  void of_coresAndMemory_costsWhatIsPaidForThem() {
    RunningCost cost = RunningCost.of(0.3, 0.06, Prices.shipped());

    // Half a vCPU and 0.1 GB are paid for, of which 60 % are used.
    assertThat(cost.perHour()).isCloseTo(0.5 * 0.04048 + 0.1 * 0.004445, within(1e-12));
    assertThat(cost.currency()).isEqualTo("USD");
    assertThat(cost.pricesOf()).isEqualTo("2026-11-22");
  }
}
