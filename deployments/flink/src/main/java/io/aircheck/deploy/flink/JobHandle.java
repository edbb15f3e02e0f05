package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.meter.Usage;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;

/** A topology that runs as a job of its own, which ends with it. Thread-safe. */
final class JobHandle implements Deployment.Handle {
  private static final Logger LOGGER = System.getLogger(JobHandle.class.getName());

  /** How long the end of the job may take: a cluster that does not answer is left to itself. */
  private static final long STOP_SECONDS = 30;

  private final DeskHandle desk;
  private final JobClient job;
  private final JobCluster cluster;

  /**
   * Submits the job.
   *
   * @param desk which the job follows
   * @param cluster closed with the handle, and left open when there is none
   * @throws IOException when the cluster does not take it
   */
  JobHandle(DeskHandle desk, WatchJob job, JobCluster cluster) throws IOException {
    this.desk = desk;
    this.cluster = cluster;
    this.job = job.submit(cluster.environment(), desk.link());
    this.job
        .getJobExecutionResult()
        .whenComplete((result, failure) -> desk.abandoned(Optional.ofNullable(failure)));
  }

  @Override
  public CompletionStage<Void> done() {
    return desk.done();
  }

  @Override
  public void update(Topology topology) {
    desk.update(topology);
  }

  @Override
  public Usage usage() {
    return desk.usage();
  }

  @Override
  public void close() {
    // All that is said has come home before the job ends: its cluster may end with it.
    desk.dismiss();
    try {
      job.getJobExecutionResult().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOGGER.log(Level.WARNING, "the job does not end, and is cancelled");
      cancel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOGGER.log(Level.WARNING, "the job did not end in good order", e);
    }
    desk.close();
    cluster.close();
  }

  private void cancel() {
    job.cancel()
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                LOGGER.log(Level.WARNING, "the job was not cancelled", failure);
              }
            });
  }
}
