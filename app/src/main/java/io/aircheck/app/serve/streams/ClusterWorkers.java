package io.aircheck.app.serve.streams;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.WorkerSetup;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What streams of the service are watched with on a cluster: what is on its class path. */
public record ClusterWorkers() implements WorkerSetup {
  private static final WorkerSetup INSTALLED = new WorkerSetup.Installed();

  @Override
  public DetectorCatalog catalog() {
    return INSTALLED.catalog();
  }

  @Override
  public List<? extends ObservationFold<?>> folds() {
    return INSTALLED.folds();
  }

  /** The service makes incidents itself, where people work with them. */
  @Override
  public Optional<? extends IncidentRules<?>> incidents() {
    return Optional.empty();
  }

  @Override
  public StreamTask.Surroundings surroundings() {
    return WatchDeployment.paced(INSTALLED.surroundings());
  }

  @Override
  public InProcessDeployment.Settings settings() {
    return INSTALLED.settings();
  }

  @Override
  public Function<FrameView, Optional<byte[]>> stills() {
    return new StillTaker()::take;
  }
}
