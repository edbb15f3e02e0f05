package io.aircheck.app.serve.streams;

import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.WorkerSetup;
import java.util.Optional;
import java.util.function.Function;

/**
 * What streams are watched with on a cluster.
 *
 * @param served whether a service follows: it makes incidents itself, where people work with them,
 *     and shows pictures
 */
public record ClusterWorkers(boolean served) implements WorkerSetup {
  @Override
  public Optional<? extends IncidentRules<?>> incidents() {
    return served ? Optional.empty() : WorkerSetup.super.incidents();
  }

  @Override
  public StreamTask.Surroundings surroundings() {
    return WatchDeployment.paced(WorkerSetup.super.surroundings());
  }

  @Override
  public Function<FrameView, Optional<byte[]>> stills() {
    return served ? new StillTaker()::take : WorkerSetup.super.stills();
  }
}
