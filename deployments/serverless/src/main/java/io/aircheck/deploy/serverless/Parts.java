package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.task.StreamTask;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What functions are made of.
 *
 * @param catalog detectors that can be named
 * @param folds folds over observations that can be named
 * @param rules what makes incidents of observations
 * @param surroundings what tasks run in
 */
public record Parts(
    DetectorCatalog catalog,
    List<ObservationFold<?>> folds,
    IncidentRules<?> rules,
    StreamTask.Surroundings surroundings) {
  public Parts {
    folds = List.copyOf(folds);
  }

  /**
   * Everything on the class path.
   *
   * @throws IllegalStateException when there are no rules of incidents
   */
  public static Parts installed() {
    return new Parts(
        DetectorCatalog.installed(),
        InstalledFolds.all(),
        installedRules(),
        StreamTask.Surroundings.installed());
  }

  /**
   * The rules of incidents on the class path.
   *
   * @throws IllegalStateException when there are none
   */
  static IncidentRules<?> installedRules() {
    return ServiceLoader.load(IncidentRules.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no rules of incidents are installed"));
  }

  /** The same in other surroundings. */
  Parts in(StreamTask.Surroundings other) {
    return new Parts(catalog, folds, rules, other);
  }
}
