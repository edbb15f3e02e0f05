package io.aircheck.deploy.flink;

import io.aircheck.core.incident.IncidentPolicy;
import java.util.List;
import java.util.Map;

/**
 * A run of a stream, as those need to know it who go on with what it observes.
 *
 * @param id see {@link StreamOrder#run}
 * @param stream stream id
 * @param live whether the stream goes on by itself, so that nobody waits for a task that hangs
 * @param folds ids of the folds over its observations
 * @param policy how its findings become incidents
 * @param labels told with them
 */
record Run(
    String id,
    String stream,
    boolean live,
    List<String> folds,
    IncidentPolicy policy,
    Map<String, String> labels) {
  Run {
    folds = List.copyOf(folds);
    labels = Map.copyOf(labels);
  }
}
