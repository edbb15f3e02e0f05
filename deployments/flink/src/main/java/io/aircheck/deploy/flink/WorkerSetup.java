package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * What the readers of a job work with, wherever they are: travels with the job. Where an
 * implementation says nothing else, it is what is on the class path of the worker.
 */
public interface WorkerSetup extends Serializable {

  /** Detectors that there are. */
  default DetectorCatalog catalog() {
    return DetectorCatalog.installed();
  }

  /** Folds over observations that there are. */
  default List<? extends ObservationFold<?>> folds() {
    return InProcessDeployment.installedFolds();
  }

  /** What makes incidents; empty: nobody does. */
  default Optional<? extends IncidentRules<?>> incidents() {
    for (IncidentRules<?> rules : ServiceLoader.load(IncidentRules.class)) {
      return Optional.of(rules);
    }
    return Optional.empty();
  }

  /** What tasks open inputs with. */
  default StreamTask.Surroundings surroundings() {
    return StreamTask.Surroundings.installed();
  }

  /** How to run tasks. */
  default InProcessDeployment.Settings settings() {
    return InProcessDeployment.Settings.DEFAULT;
  }

  /**
   * What makes small copies of the pictures of one task, on its thread, when it is time for one;
   * pictures are borrowed for the call. Nobody does where it is not said.
   */
  default Function<FrameView, Optional<byte[]>> stills() {
    return frame -> Optional.empty();
  }

  /** What is on the class path of the worker, nothing else. */
  record Installed() implements WorkerSetup {}
}
