package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import org.junit.jupiter.api.Test;

class WorkerBookTest {
  /** No process has it. */
  private static final long ELSEWHERE = -1;

  private final WorkerBook book = new WorkerBook();

  private void called(String process, double cpuSeconds) {
    book.called(new WorkerUsage(process, ELSEWHERE, cpuSeconds, 2 * cpuSeconds));
  }

  @Test
  void usage_severalWorkers_isWhatTheyUsedSinceTheyFirstCalled() {
    called("a", 100);
    called("b", 7);
    called("a", 103);
    called("a", 104);
    called("b", 8);

    Usage usage = book.usage();

    assertThat(usage.of(Quantity.CPU_SECONDS)).isCloseTo(5, within(1e-9));
    assertThat(usage.of(Quantity.MEMORY_GB_SECONDS)).isCloseTo(10, within(1e-9));
  }

  @Test
  void usage_workerInThisProcess_isCountedWithTheProcess() {
    book.called(WorkerUsage.here());
    book.called(WorkerUsage.here());

    assertThat(book.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void here_later_isNoLess() {
    WorkerUsage before = WorkerUsage.here();

    WorkerUsage now = WorkerUsage.here();

    assertThat(now.process()).isEqualTo(before.process());
    assertThat(now.cpuSeconds()).isGreaterThanOrEqualTo(before.cpuSeconds());
    assertThat(now.memoryGbSeconds()).isGreaterThan(before.memoryGbSeconds());
  }
}
