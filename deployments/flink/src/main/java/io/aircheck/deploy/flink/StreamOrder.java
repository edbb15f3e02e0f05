package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.incident.IncidentPolicy;
import java.util.List;

/**
 * A stream to be watched.
 *
 * @param run names this stream with these settings: another run of the same stream has another
 *     name. A stream that is only watched more or less closely keeps its run
 * @param stream what to watch
 * @param folds ids of the folds over its observations
 * @param policy how its findings become incidents
 */
record StreamOrder(String run, StreamSpec stream, List<String> folds, IncidentPolicy policy) {
  StreamOrder {
    folds = List.copyOf(folds);
  }

  Run toRun() {
    return new Run(run, stream.id(), stream.live(), folds, policy);
  }
}
