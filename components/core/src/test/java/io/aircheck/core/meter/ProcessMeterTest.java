package io.aircheck.core.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessMeterTest {
  private static final long WORK_NANOS = 50_000_000;

  /** A process that ends with the one that has started it. */
  static final class Waiting {
    public static void main(String[] arguments) throws IOException {
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    }
  }

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

  @Test
  void sample_ofAnotherProcess_isItsOwnAndNothingOnceItIsGone() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .start();
    Meter meter = new Meter();
    ProcessMeter processes = new ProcessMeter(meter, other.toHandle());
    while (meter.usage().of(Quantity.CPU_SECONDS) == 0 && other.isAlive()) {
      processes.sample();
    }
    double own = meter.usage().of(Quantity.CPU_SECONDS);
    assertThat(own).isPositive().isLessThan(60);

    other.destroyForcibly().waitFor();
    processes.sample();
    processes.sample();

    assertThat(meter.usage().of(Quantity.CPU_SECONDS)).isEqualTo(own);
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
