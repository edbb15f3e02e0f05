package io.aircheck.deploy.flink;

import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.io.Serializable;

/** What the readers of a job work with, wherever they are: travels with the job. */
public interface WorkerSetup extends Serializable {

  /** Detectors that there are. */
  DetectorCatalog catalog();

  /** What tasks open inputs with. */
  StreamTask.Surroundings surroundings();

  /** How to run tasks. */
  InProcessDeployment.Settings settings();

  /** What is on the class path of the worker. */
  record Installed() implements WorkerSetup {
    @Override
    public DetectorCatalog catalog() {
      return DetectorCatalog.installed();
    }

    @Override
    public StreamTask.Surroundings surroundings() {
      return StreamTask.Surroundings.installed();
    }

    @Override
    public InProcessDeployment.Settings settings() {
      return InProcessDeployment.Settings.DEFAULT;
    }
  }
}
