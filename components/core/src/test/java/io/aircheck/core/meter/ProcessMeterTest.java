package io.aircheck.core.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessMeterTest {
  private static final long WORK_NANOS = 50_000_000;

  @Test
  void sample_afterWork_hasItsProcessorTimeAndTheMemoryMeanwhile() {
    Meter meter = new Meter();
    long begin = System.nanoTime();
    ProcessMeter processes = new ProcessMeter(meter);
    long worked = work(ownNanos() + WORK_NANOS);

    processes.sample();

    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(worked).isNotZero();
    assertThat(meter.usage().of(Quantity.CPU_SECONDS)).isGreaterThanOrEqualTo(WORK_NANOS / 1e9);
    Processes.residentBytes()
        .ifPresent(
            bytes ->
                assertThat(meter.usage().of(Quantity.MEMORY_GB_SECONDS))
                    .isBetween(0.0, 10 * bytes / 1e9 * seconds)
                    .isNotZero());
  }

  private static long work(long untilNanos) {
    long worked = 0;
    while (ownNanos() < untilNanos) {
      worked++;
    }
    return worked;
  }

  private static long ownNanos() {
    return Processes.processorNanos().getOrDefault(ProcessHandle.current().pid(), 0L);
  }
}
