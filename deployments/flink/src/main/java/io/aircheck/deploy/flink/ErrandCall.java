package io.aircheck.deploy.flink;

import java.util.List;

/**
 * A worker asks what it is to do.
 *
 * @param streams those that it has
 */
record ErrandCall(List<String> streams) {
  ErrandCall {
    streams = List.copyOf(streams);
  }
}
