package io.aircheck.app.serve.streams;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * Measures what the service uses of the machine, and what each stream's part of it is. Threads of
 * tasks are measured; what the process used beyond them (reading, collection of garbage) is shared
 * out in proportion. Not thread-safe.
 */
final class CapacityMeter {
  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Map<Long, Long> before = new HashMap<>();
  private long processBefore = process.getProcessCpuTime();
  private long timeBefore = System.nanoTime();

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
   * @param streamsByThread stream of each thread that works for one, by thread id
   */
  Usage measure(Map<Long, String> streamsByThread) {
    long now = System.nanoTime();
    long used = process.getProcessCpuTime();
    double cores = (used - processBefore) / (double) Math.max(1, now - timeBefore);
    processBefore = used;
    timeBefore = now;
    Map<String, Long> spent = new HashMap<>();
    Map<Long, Long> latest = new HashMap<>();
    streamsByThread.forEach(
        (thread, stream) -> {
          long cpu = threads.getThreadCpuTime(thread);
          Long last = before.get(thread);
          if (cpu >= 0) {
            latest.put(thread, cpu);
            if (last != null) {
              spent.merge(stream, cpu - last, Long::sum);
            }
          }
        });
    before.clear();
    before.putAll(latest);
    long all = spent.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Double> byStream = new HashMap<>();
    if (all > 0) {
      spent.forEach((stream, nanos) -> byStream.put(stream, cores * nanos / all));
    }
    return new Usage(cores, byStream);
  }
}
