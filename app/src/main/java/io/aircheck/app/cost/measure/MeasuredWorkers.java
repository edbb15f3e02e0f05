package io.aircheck.app.cost.measure;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.WorkerSetup;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.util.List;
import java.util.Optional;

/**
 * What streams are watched with on a cluster that is measured: what is on the class path, finite
 * inputs at the speed of a viewer. A job makes incidents of what it observes.
 */
record MeasuredWorkers() implements WorkerSetup {
  private static final WorkerSetup INSTALLED = new WorkerSetup.Installed();

  @Override
  public DetectorCatalog catalog() {
    return INSTALLED.catalog();
  }

  @Override
  public List<? extends ObservationFold<?>> folds() {
    return INSTALLED.folds();
  }

  @Override
  public Optional<? extends IncidentRules<?>> incidents() {
    return INSTALLED.incidents();
  }

  @Override
  public StreamTask.Surroundings surroundings() {
    return MeasuredProcess.paced(INSTALLED.surroundings());
  }

  @Override
  public InProcessDeployment.Settings settings() {
    return INSTALLED.settings();
  }
}
