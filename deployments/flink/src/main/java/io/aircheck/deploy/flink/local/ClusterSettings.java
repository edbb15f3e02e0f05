package io.aircheck.deploy.flink.local;

/**
 * How large a cluster is.
 *
 * @param jobManagers 1 or more; all but one stand by, to take over when that dies
 * @param taskManagers 1 or more; each runs its share of the streams
 * @param taskHeapMegabytes heap of each task manager for streams, 64 or more
 * @param port where the job managers answer over HTTP; further ones take any port that is free
 */
public record ClusterSettings(int jobManagers, int taskManagers, int taskHeapMegabytes, int port) {
  private static final int LEAST_HEAP = 64;

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
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port is " + port + ", must be from 1 to 65535");
    }
  }
}
