package io.aircheck.benchmarks.deployments;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Processes;
import io.aircheck.core.meter.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Meters processor time and memory of processes with all that they have started, as {@link
 * io.aircheck.core.meter.ProcessMeter} does for this one. Memory that several of them share is
 * counted for each. One thread.
 */
final class ProcessTrees {
  private final List<ProcessHandle> roots;
  private final Meter meter;
  private Map<Long, Long> spentBefore;
  private long sampledNanos = System.nanoTime();

  /** Meters from now on. */
  ProcessTrees(List<ProcessHandle> roots, Meter meter) {
    this.roots = List.copyOf(roots);
    this.meter = meter;
    this.spentBefore = spent();
  }

  private Map<Long, Long> spent() {
    Map<Long, Long> spent = new HashMap<>();
    roots.stream()
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .forEach(
            process ->
                process
                    .info()
                    .totalCpuDuration()
                    .ifPresent(total -> spent.put(process.pid(), total.toNanos())));
    return spent;
  }

  /** Adds what was used since the last sample. */
  void sample() {
    Map<Long, Long> spent = spent();
    long now = System.nanoTime();
    double cpuSeconds = 0;
    long resident = 0;
    for (Map.Entry<Long, Long> process : spent.entrySet()) {
      long before = spentBefore.getOrDefault(process.getKey(), 0L);
      cpuSeconds += Math.max(0, process.getValue() - before) / 1e9;
      resident += Processes.residentBytes(process.getKey()).orElse(0);
    }
    meter.add(Quantity.CPU_SECONDS, cpuSeconds);
    meter.add(Quantity.MEMORY_GB_SECONDS, resident / 1e9 * ((now - sampledNanos) / 1e9));
    spentBefore = spent;
    sampledNanos = now;
  }
}
