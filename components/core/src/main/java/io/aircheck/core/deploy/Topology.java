package io.aircheck.core.deploy;

import java.util.List;

/**
 * What to run, without a word about where: ids and options, never code.
 *
 * @param streams streams to watch
 * @param folds ids of the folds over their observations, see {@link ObservationFold#id}
 */
public record Topology(List<StreamSpec> streams, List<String> folds) {
  public Topology {
    streams = List.copyOf(streams);
    folds = List.copyOf(folds);
  }
}
