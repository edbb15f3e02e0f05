package io.aircheck.deploy.flink.local;

import java.util.OptionalInt;

/**
 * How large a cluster is.
 *
 * @param jobManagers 1 or more; all but one stand by, to take over when that dies
 * @param taskManagers 1 or more; each runs its share of the streams
 * @param taskHeapMegabytes heap of each task manager for streams, 64 or more
 * @param port where the job managers answer over HTTP; further ones take any port that is free
 * @param metricsPort from where on each process takes a port to tell Prometheus its metrics, on all
 *     addresses of the machine; empty: none does
 */
public record ClusterSettings(
    int jobManagers, int taskManagers, int taskHeapMegabytes, int port, OptionalInt metricsPort) {
  private static final int LEAST_HEAP = 64;
  private static final int MOST_PORT = 65_535;

  /** One that tells Prometheus nothing. */
  public ClusterSettings(int jobManagers, int taskManagers, int taskHeapMegabytes, int port) {
    this(jobManagers, taskManagers, taskHeapMegabytes, port, OptionalInt.empty());
  }

  /**
   * @throws IllegalArgumentException when it is no cluster
   */
  public ClusterSettings {
    if (jobManagers < 1 || taskManagers < 1) {
      throw new IllegalArgumentException(
          "a cluster has at least one job manager and one task manager");
    }
    if (taskHeapMegabytes < LEAST_HEAP) {
      throw new IllegalArgumentException("a task manager needs 64 MB of heap or more");
    }
    if (port < 1 || port > MOST_PORT) {
      throw new IllegalArgumentException("the port is " + port + ", must be from 1 to 65535");
    }
    int processes = jobManagers + taskManagers;
    if (metricsPort.isPresent()
        && (metricsPort.getAsInt() < 1 || metricsPort.getAsInt() > MOST_PORT - processes)) {
      throw new IllegalArgumentException(
          "the port for metrics is %d, must be from 1 to %d, so that each process has one"
              .formatted(metricsPort.getAsInt(), MOST_PORT - processes));
    }
  }
}
