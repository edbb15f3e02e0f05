package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import org.junit.jupiter.api.Test;

class ProcessBookTest {
  /** No process has it. */
  private static final long ELSEWHERE = -1;

  private final ProcessBook book = new ProcessBook(ProcessUsage::isCountedHere);

  private void told(String process, ClusterPart part, double cpuSeconds) {
    book.told(new ProcessUsage(process, process, ELSEWHERE, part, cpuSeconds, 2 * cpuSeconds));
  }

  private void told(String process, double cpuSeconds) {
    told(process, ClusterPart.TASKMANAGER, cpuSeconds);
  }

  @Test
  void usage_severalWorkers_isWhatTheyUsedSinceTheyWereFirstToldOf() {
    told("a", 100);
    told("b", 7);
    told("a", 103);
    told("a", 104);
    told("b", 8);

    Usage usage = book.usage();

    assertThat(usage.of(Quantity.CPU_SECONDS)).isCloseTo(5, within(1e-9));
    assertThat(usage.of(Quantity.MEMORY_GB_SECONDS)).isCloseTo(10, within(1e-9));
  }

  @Test
  void usage_workerInThisProcess_isCountedWithTheProcess() {
    book.told(WorkerMeter.used());
    book.told(WorkerMeter.used());

    assertThat(book.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void byPart_ofAWholeCluster_isToldApartAndAddsUp() {
    told("leads", ClusterPart.JOBMANAGER, 1);
    told("stands by", ClusterPart.JOBMANAGER, 10);
    told("zookeeper", ClusterPart.ZOOKEEPER, 5);
    told("works", 50);
    told("leads", ClusterPart.JOBMANAGER, 3);
    told("stands by", ClusterPart.JOBMANAGER, 11);
    told("works", 58);

    assertThat(book.of(ClusterPart.JOBMANAGER).of(Quantity.CPU_SECONDS)).isEqualTo(3);
    assertThat(book.of(ClusterPart.TASKMANAGER).of(Quantity.CPU_SECONDS)).isEqualTo(8);
    assertThat(book.byPart().get(ClusterPart.ZOOKEEPER)).isEqualTo(Usage.NONE);
    assertThat(book.usage().of(Quantity.CPU_SECONDS)).isEqualTo(11);
  }

  @Test
  void used_later_isNoLess() {
    ProcessUsage before = WorkerMeter.used();

    ProcessUsage now = WorkerMeter.used();

    assertThat(now.meter()).isEqualTo(before.meter());
    assertThat(now.cpuSeconds()).isGreaterThanOrEqualTo(before.cpuSeconds());
    assertThat(now.memoryGbSeconds()).isGreaterThan(before.memoryGbSeconds());
  }
}
