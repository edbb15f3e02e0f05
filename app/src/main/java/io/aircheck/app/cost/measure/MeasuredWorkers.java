package io.aircheck.app.cost.measure;

import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.WorkerSetup;

/**
 * What streams are watched with on a cluster that is measured: finite inputs at the speed of a
 * viewer. A job makes incidents of what it observes.
 */
record MeasuredWorkers() implements WorkerSetup {
  @Override
  public StreamTask.Surroundings surroundings() {
    return MeasuredProcess.paced(WorkerSetup.super.surroundings());
  }
}
