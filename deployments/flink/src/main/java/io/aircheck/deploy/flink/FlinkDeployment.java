package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs each topology as a job on a Flink cluster, and brings home what is observed there. */
public final class FlinkDeployment implements Deployment {

  /**
   * How to run.
   *
   * @param checkpoint from one checkpoint to the next; what is observed comes home with the
   *     checkpoint that follows, so that nothing comes twice after a failure
   * @param catalogue from one look for changes of the topology to the next
   */
  public record Settings(Duration checkpoint, Duration catalogue) {
    /** Every second, a job takes a tenth more processor time (decision 124). */
    public static final Settings DEFAULT =
        new Settings(Duration.ofSeconds(2), Duration.ofSeconds(1));
  }

  private final Supplier<JobCluster> clusters;
  private final WorkerSetup workers;
  private final Settings settings;
  private final JobListener jobListener;

  /**
   * @param clusters asked once for each topology: where to run it, as wide as its parallelism
   * @param workers what the workers work with, and so what a topology may name
   * @param jobListener told of what comes out of jobs beside observations
   */
  public FlinkDeployment(
      Supplier<StreamExecutionEnvironment> clusters,
      WorkerSetup workers,
      Settings settings,
      JobListener jobListener) {
    this(workers, settings, jobListener, () -> JobCluster.standing(clusters.get()));
  }

  private FlinkDeployment(
      WorkerSetup workers,
      Settings settings,
      JobListener jobListener,
      Supplier<JobCluster> clusters) {
    this.clusters = clusters;
    this.workers = workers;
    this.settings = settings;
    this.jobListener = jobListener;
  }

  /**
   * Runs each topology on a cluster of its own inside this process, which begins and ends with it:
   * job manager, task manager and job are Flink's own, but for the way between processes.
   *
   * @param slots readers
   * @param workers what the tasks work with
   * @param jobListener told of what comes out of jobs beside observations
   */
  public static FlinkDeployment inThisProcess(
      int slots, WorkerSetup workers, JobListener jobListener) {
    return new FlinkDeployment(
        workers, Settings.DEFAULT, jobListener, () -> new ClusterInThisProcess(slots));
  }

  @Override
  public String id() {
    return "flink";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the topology names something that does not exist, or two
   *     streams alike
   * @throws UncheckedIOException when the cluster does not take the job
   */
  @Override
  public Handle deploy(Topology topology, Consumer<StreamObservation> listener) {
    TopologyCheck check = TopologyCheck.of(workers);
    check.accept(topology);
    try {
      DeskHandle desk =
          new DeskHandle(
              check,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              UUID.randomUUID().toString(),
              listener,
              jobListener);
      desk.begin(topology);
      try {
        return submit(desk);
      } catch (IOException | RuntimeException e) {
        desk.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the job did not start: " + e.getMessage(), e);
    }
  }

  private JobHandle submit(DeskHandle desk) throws IOException {
    JobCluster cluster = clusters.get();
    try {
      return new JobHandle(
          desk, new WatchJob(workers, settings.checkpoint(), settings.catalogue()), cluster);
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
  }
}
