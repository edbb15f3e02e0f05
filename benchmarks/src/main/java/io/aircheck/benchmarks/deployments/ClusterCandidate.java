package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.measure.Candidate;
import io.aircheck.app.cost.measure.Witness;
import io.aircheck.app.cost.measure.Work;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.meter.Usage;
import io.aircheck.deploy.flink.ProbedTasks;
import io.aircheck.deploy.flink.WorkerSetup;
import io.aircheck.deploy.flink.local.ClusterSettings;
import io.aircheck.deploy.flink.local.LocalCluster;
import io.aircheck.deploy.inprocess.ProbeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A job on a Flink cluster of separate JVMs, as small as one can be: ZooKeeper, a job manager, a
 * task manager. What is metered is all of them, and whoever deploys the job.
 *
 * @param folder where the cluster is kept
 */
record ClusterCandidate(Path folder) implements Candidate {
  private static final int TASK_HEAP_MEGABYTES = 384;

  @Override
  public String id() {
    return "flink";
  }

  @Override
  public String description() {
    return "a job on a Flink cluster: ZooKeeper, a job manager, a task manager, each a process";
  }

  @Override
  public int[] streams() {
    return new int[] {1};
  }

  @Override
  public Running start(Work work, ProbeFactory probes, Witness witness) throws IOException {
    LocalCluster cluster = new LocalCluster(folder);
    try {
      cluster.start(new ClusterSettings(1, 1, TASK_HEAP_MEGABYTES, freePort()));
      return new Job(
          cluster,
          cluster
              .jobs()
              .deployment(
                  1, new WorkerSetup.Installed(), new ProbedTasks(probes, witness::changed)),
          work,
          witness);
    } catch (IOException e) {
      stop(cluster);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop(cluster);
      throw new IOException("interrupted while the cluster was starting", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void stop(LocalCluster cluster) {
    try {
      cluster.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("the cluster cannot be stopped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Job implements Running {
    private final LocalCluster cluster;
    private final Deployment deployment;
    private final Work work;
    private final Witness witness;
    private Deployment.@Nullable Handle handle;

    Job(LocalCluster cluster, Deployment deployment, Work work, Witness witness) {
      this.cluster = cluster;
      this.deployment = deployment;
      this.work = work;
      this.witness = witness;
    }

    @Override
    public void watch(int streams) {
      handle = deployment.deploy(work.topology(streams), witness::observed);
    }

    @Override
    public Usage usage() {
      Deployment.Handle running = handle;
      return running == null ? Usage.NONE : running.usage();
    }

    @Override
    public void close() {
      Deployment.Handle running = handle;
      if (running != null) {
        running.close();
      }
      stop(cluster);
    }
  }
}
