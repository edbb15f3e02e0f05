package io.aircheck.deploy.flink;

import java.util.Locale;

/** What the processes of a cluster are. */
public enum ClusterPart {
  /** Leads, or stands by to take over. */
  JOBMANAGER,
  /** Runs streams. */
  TASKMANAGER,
  /** By which job managers agree on who leads. */
  ZOOKEEPER;

  /** The word for it, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
