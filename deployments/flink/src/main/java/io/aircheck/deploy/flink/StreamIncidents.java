package io.aircheck.deploy.flink;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is known of the incidents of a stream between two of its outcomes.
 *
 * @param state state of the fold
 * @param dueMillis when the fold's timer is due, wall-clock milliseconds since the epoch
 * @param lanes up to when the tasks of its runs have said everything, by run and task
 */
record StreamIncidents(Record state, OptionalLong dueMillis, Map<String, Long> lanes) {
  StreamIncidents {
    lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
  }
}
