package io.aircheck.deploy.flink;

import java.util.Map;

/**
 * A worker says how it is, and asks what it is to do.
 *
 * @param place where it runs
 * @param streams those that the asking reader has, with the processor time of their tasks since
 *     they began there, nanoseconds
 * @param used what its process has used
 */
record WorkerCall(WorkerPlace place, Map<String, Long> streams, ProcessUsage used) {
  WorkerCall {
    streams = Map.copyOf(streams);
  }

  /** That of a reader in this process. */
  static WorkerCall here(Map<String, Long> streams) {
    return new WorkerCall(WorkerPlace.here(), streams, WorkerMeter.used());
  }
}
