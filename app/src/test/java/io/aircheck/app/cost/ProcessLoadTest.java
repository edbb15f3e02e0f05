package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProcessLoadTest {
  private static Metered metered(int streams, double cores, double gigabytes) {
    return new Metered(
        streams,
        new Usage(
            Map.of(
                Quantity.STREAM_SECONDS, 10.0 * streams,
                Quantity.CPU_SECONDS, 10 * cores * streams,
                Quantity.MEMORY_GB_SECONDS, 10 * gigabytes)),
        10);
  }

  @Test
  void between_twoNumbersOfStreams_isTheLineThroughBoth() {
    ProcessLoad load = ProcessLoad.between(metered(1, 0.4, 0.3), metered(5, 0.25, 0.5));

    assertThat(load.coresPerStream()).isCloseTo(0.25, within(1e-12));
    assertThat(load.gbPerStream()).isCloseTo(0.05, within(1e-12));
    assertThat(load.fixedGb()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void between_memoryThatShrinks_isTheLargerOneWhateverTheStreams() {
    ProcessLoad load = ProcessLoad.between(metered(1, 0.4, 0.5), metered(5, 0.25, 0.4));

    assertThat(load.gbPerStream()).isZero();
    assertThat(load.fixedGb()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void streamsOn_aMachine_areLimitedByWhatRunsOutFirst() {
    ProcessLoad load = new ProcessLoad(0.25, 0.5, 0.125);

    assertThat(load.streamsOn(machine(4, 8), 0.5)).isEqualTo(8);
    assertThat(load.streamsOn(machine(40, 8), 0.5)).isEqualTo(28);
    assertThat(load.streamsOn(machine(4, 1), 0.5)).isZero();
  }

  private static Machine machine(double vCpus, double memoryGb) {
    return new Machine("m", vCpus, memoryGb, OptionalDouble.empty(), "");
  }
}
