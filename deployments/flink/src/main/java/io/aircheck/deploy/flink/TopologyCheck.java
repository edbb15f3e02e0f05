package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Refuses what the workers could not run, before they are told.
 *
 * @param catalog detectors that they have
 * @param folds ids of the folds that they have
 */
record TopologyCheck(DetectorCatalog catalog, Set<String> folds) implements Consumer<Topology> {

  /** What goes by these workers. */
  static TopologyCheck of(WorkerSetup workers) {
    Set<String> folds = new TreeSet<>();
    for (ObservationFold<?> fold : workers.folds()) {
      folds.add(fold.id());
    }
    return new TopologyCheck(workers.catalog(), folds);
  }

  /**
   * Looks through a topology.
   *
   * @throws IllegalArgumentException when it names something that does not exist, or two streams
   *     alike
   */
  @Override
  public void accept(Topology topology) {
    for (String id : topology.folds()) {
      if (!folds.contains(id)) {
        throw new IllegalArgumentException("unknown fold " + id + "; known are " + folds);
      }
    }
    Set<String> ids = new HashSet<>();
    for (StreamSpec stream : topology.streams()) {
      catalog.configure(stream.detectors());
      if (!ids.add(stream.id())) {
        throw new IllegalArgumentException("two streams are named " + stream.id());
      }
    }
  }
}
