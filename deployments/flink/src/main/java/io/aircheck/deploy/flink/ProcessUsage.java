package io.aircheck.deploy.flink;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.Map;
import java.util.UUID;

/**
 * What a process of a cluster has used since somebody began to meter it.
 *
 * @param meter names who meters it since when: of one name the amounts only grow
 * @param teller names the process that says so, wherever it runs
 * @param pid number of the process on its machine
 * @param part what it is
 * @param cpuSeconds processor time
 * @param memoryGbSeconds memory over time
 */
record ProcessUsage(
    String meter,
    String teller,
    long pid,
    ClusterPart part,
    double cpuSeconds,
    double memoryGbSeconds) {

  /** Names this process. */
  static final String HERE = UUID.randomUUID().toString();

  static ProcessUsage of(String meter, long pid, ClusterPart part, Usage used) {
    return new ProcessUsage(
        meter, HERE, pid, part, used.of(Quantity.CPU_SECONDS), used.of(Quantity.MEMORY_GB_SECONDS));
  }

  /**
   * Whether this process says so, of itself, or it is one that this process has started, so that it
   * is counted here anyway. Children are told by their number, which another machine may have too:
   * one process in so many thousands is not counted then.
   */
  boolean isCountedHere() {
    return teller.equals(HERE)
        || ProcessHandle.current().descendants().anyMatch(child -> child.pid() == pid);
  }

  Usage toUsage() {
    return new Usage(
        Map.of(Quantity.CPU_SECONDS, cpuSeconds, Quantity.MEMORY_GB_SECONDS, memoryGbSeconds));
  }
}
