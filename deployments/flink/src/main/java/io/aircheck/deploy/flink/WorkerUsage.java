package io.aircheck.deploy.flink;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.Map;
import java.util.UUID;

/**
 * What the process of a worker has used since it began to count; several readers in one process say
 * the same.
 *
 * @param process names the process, wherever it runs
 * @param pid its number on its machine
 * @param cpuSeconds processor time
 * @param memoryGbSeconds memory over time
 */
record WorkerUsage(String process, long pid, double cpuSeconds, double memoryGbSeconds) {
  private static final String PROCESS = UUID.randomUUID().toString();
  private static final Meter METER = new Meter();
  private static final ProcessMeter PROCESSES = new ProcessMeter(METER);

  /** That of this process. */
  static WorkerUsage here() {
    PROCESSES.sample();
    Usage used = METER.usage();
    return new WorkerUsage(
        PROCESS,
        ProcessHandle.current().pid(),
        used.of(Quantity.CPU_SECONDS),
        used.of(Quantity.MEMORY_GB_SECONDS));
  }

  /**
   * Whether it is this process or one that it has started, so that it is counted here anyway. The
   * name tells this one; children are told by their number, which another machine may have too: one
   * worker in so many thousands is not counted then.
   */
  boolean isCountedHere() {
    return process.equals(PROCESS)
        || ProcessHandle.current().descendants().anyMatch(child -> child.pid() == pid);
  }

  Usage toUsage() {
    return new Usage(
        Map.of(Quantity.CPU_SECONDS, cpuSeconds, Quantity.MEMORY_GB_SECONDS, memoryGbSeconds));
  }
}
