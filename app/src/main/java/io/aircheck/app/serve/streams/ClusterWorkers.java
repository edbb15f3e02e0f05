package io.aircheck.app.serve.streams;

import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.WorkerSetup;
import java.util.Optional;
import java.util.function.Function;

/** What streams of the service are watched with on a cluster. */
public record ClusterWorkers() implements WorkerSetup {
  /** The service makes incidents itself, where people work with them. */
  @Override
  public Optional<? extends IncidentRules<?>> incidents() {
    return Optional.empty();
  }

  @Override
  public StreamTask.Surroundings surroundings() {
    return WatchDeployment.paced(WorkerSetup.super.surroundings());
  }

  @Override
  public Function<FrameView, Optional<byte[]>> stills() {
    return new StillTaker()::take;
  }
}
