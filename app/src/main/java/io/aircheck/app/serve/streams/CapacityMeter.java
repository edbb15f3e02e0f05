package io.aircheck.app.serve.streams;

import io.aircheck.core.deploy.WorkerLoad;
import io.aircheck.core.meter.Processes;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what the service uses of the machine, its child processes included, and what each
 * stream's part of it is. Tasks are measured; what was used beyond them (reading, collection of
 * garbage) is shared out in proportion. Not thread-safe.
 */
final class CapacityMeter {
  private static final double BYTES_PER_GB = 1e9;

  private final Map<TaskId, Long> tasksBefore = new HashMap<>();
  private final Map<Long, Long> processesBefore = new HashMap<>();
  private long timeBefore = System.nanoTime();

  CapacityMeter() {
    processesBefore.putAll(Processes.processorNanos());
  }

  /**
   * What was used since the last call.
   *
   * @param usedCores processor time per time
   * @param residentGb memory in use now, GB; 0 where the system does not tell
   * @param byStream part of each stream that was measured twice at least
   */
  record Usage(double usedCores, double residentGb, Map<String, Double> byStream) {

    /** What workers of a cluster say that they use, together. */
    static Usage of(List<WorkerLoad> workers) {
      Map<String, Double> byStream = new HashMap<>();
      for (WorkerLoad worker : workers) {
        worker
            .coresByStream()
            .forEach((stream, cores) -> byStream.merge(stream, cores, Double::sum));
      }
      return new Usage(
          workers.stream().mapToDouble(WorkerLoad::usedCores).sum(),
          workers.stream().mapToDouble(WorkerLoad::residentGb).sum(),
          byStream);
    }
  }

  /**
   * Measures.
   *
   * @param tasks processor time of each task since its beginning, nanoseconds
   */
  Usage measure(Map<TaskId, Long> tasks) {
    long now = System.nanoTime();
    double cores =
        spentSince(processesBefore, Processes.processorNanos()).values().stream()
                .mapToLong(n -> n)
                .sum()
            / (double) Math.max(1, now - timeBefore);
    timeBefore = now;
    Map<String, Long> spent = new HashMap<>();
    spentSince(tasksBefore, tasks)
        .forEach((task, nanos) -> spent.merge(task.stream(), nanos, Long::sum));
    long all = spent.values().stream().mapToLong(n -> n).sum();
    Map<String, Double> byStream = new HashMap<>();
    if (all > 0) {
      spent.forEach((stream, nanos) -> byStream.put(stream, cores * nanos / all));
    }
    return new Usage(cores, Processes.residentBytes().orElse(0) / BYTES_PER_GB, byStream);
  }

  /** What those have spent that were there before; remembers what is there now. */
  private static <K> Map<K, Long> spentSince(Map<K, Long> before, Map<K, Long> now) {
    Map<K, Long> spent = new HashMap<>();
    now.forEach(
        (key, nanos) -> {
          Long last = before.get(key);
          // Less than before: begun anew meanwhile.
          if (last != null && nanos >= last) {
            spent.put(key, nanos - last);
          }
        });
    before.clear();
    before.putAll(now);
    return spent;
  }
}
