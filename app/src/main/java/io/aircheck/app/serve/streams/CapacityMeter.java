package io.aircheck.app.serve.streams;

import com.sun.management.OperatingSystemMXBean;
import io.aircheck.deploy.inprocess.TaskId;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * Measures what the service uses of the machine, its child processes included, and what each
 * stream's part of it is. Tasks are measured; what was used beyond them (reading, collection of
 * garbage) is shared out in proportion. Not thread-safe.
 */
final class CapacityMeter {
  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Map<TaskId, Long> tasksBefore = new HashMap<>();
  private final Map<Long, Long> processesBefore = new HashMap<>();
  private long timeBefore = System.nanoTime();

  CapacityMeter() {
    processesBefore.putAll(processes());
  }

  /**
   * What was used since the last call.
   *
   * @param usedCores processor time per time
   * @param byStream part of each stream that was measured twice at least
   */
  record Usage(double usedCores, Map<String, Double> byStream) {}

  /**
   * Measures.
   *
   * @param tasks processor time of each task since its beginning, nanoseconds
   */
  Usage measure(Map<TaskId, Long> tasks) {
    long now = System.nanoTime();
    double cores =
        spentSince(processesBefore, processes()).values().stream().mapToLong(n -> n).sum()
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
    return new Usage(cores, byStream);
  }

  /** Processor time of this process and its children by their numbers, nanoseconds. */
  private Map<Long, Long> processes() {
    Map<Long, Long> spent = new HashMap<>();
    spent.put(ProcessHandle.current().pid(), process.getProcessCpuTime());
    ProcessHandle.current()
        .children()
        .forEach(
            child ->
                child
                    .info()
                    .totalCpuDuration()
                    .ifPresent(spentThere -> spent.put(child.pid(), spentThere.toNanos())));
    return spent;
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
