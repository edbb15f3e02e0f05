package io.aircheck.deploy.flink;

import java.util.List;

/**
 * A worker says how it is, and asks what it is to do.
 *
 * @param streams those that it has
 * @param used what its process has used
 */
record WorkerCall(List<String> streams, WorkerUsage used) {
  WorkerCall {
    streams = List.copyOf(streams);
  }
}
