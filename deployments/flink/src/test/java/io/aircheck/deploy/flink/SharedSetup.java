package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Lets workers in the JVM of the test find fakes by name: only the name is serialised. */
record SharedSetup(String name) implements WorkerSetup {
  private static final Map<String, Fakes> SHARED = new ConcurrentHashMap<>();

  private record Fakes(
      DetectorCatalog catalog,
      List<? extends ObservationFold<?>> folds,
      Optional<? extends IncidentRules<?>> incidents,
      StreamTask.Surroundings surroundings) {}

  /** With detectors alone. */
  static SharedSetup of(DetectorCatalog catalog, StreamTask.Surroundings surroundings) {
    return of(catalog, List.of(), Optional.empty(), surroundings);
  }

  static SharedSetup of(
      DetectorCatalog catalog,
      List<? extends ObservationFold<?>> folds,
      Optional<? extends IncidentRules<?>> incidents,
      StreamTask.Surroundings surroundings) {
    String name = UUID.randomUUID().toString();
    SHARED.put(name, new Fakes(catalog, folds, incidents, surroundings));
    return new SharedSetup(name);
  }

  private Fakes fakes() {
    return Objects.requireNonNull(SHARED.get(name));
  }

  @Override
  public DetectorCatalog catalog() {
    return fakes().catalog();
  }

  @Override
  public List<? extends ObservationFold<?>> folds() {
    return fakes().folds();
  }

  @Override
  public Optional<? extends IncidentRules<?>> incidents() {
    return fakes().incidents();
  }

  @Override
  public StreamTask.Surroundings surroundings() {
    return fakes().surroundings();
  }

  @Override
  public InProcessDeployment.Settings settings() {
    return new InProcessDeployment.Settings(true, RetryPolicy.DEFAULT);
  }
}
