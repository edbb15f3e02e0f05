package io.aircheck.core.deploy;

import java.util.Map;

/**
 * How busy a process is that runs streams for others.
 *
 * @param name of the process, for people
 * @param cores processor cores that it may use, above 0; of what several on one machine may use
 *     together, its part
 * @param usedCores cores that it has used of late
 * @param residentGb memory that it has used of late on average, GB
 * @param coresByStream the part of each of its streams, as far as that was measured, everything
 *     else that the process does shared out in proportion
 */
public record WorkerLoad(
    String name,
    double cores,
    double usedCores,
    double residentGb,
    Map<String, Double> coresByStream) {

  /**
   * @throws IllegalArgumentException when it has no cores
   */
  public WorkerLoad {
    if (!(cores > 0)) {
      throw new IllegalArgumentException(name + " cannot have " + cores + " cores");
    }
    coresByStream = Map.copyOf(coresByStream);
  }
}
