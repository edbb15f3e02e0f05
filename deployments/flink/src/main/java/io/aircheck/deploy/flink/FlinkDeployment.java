package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
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
    public static final Settings DEFAULT =
        new Settings(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  private final DetectorCatalog catalog;
  private final Supplier<StreamExecutionEnvironment> clusters;
  private final WorkerSetup workers;
  private final Settings settings;

  /**
   * @param catalog detectors that the workers have
   * @param clusters asked once for each topology: where to run it, as wide as its parallelism
   * @param workers what the workers work with
   */
  public FlinkDeployment(
      DetectorCatalog catalog,
      Supplier<StreamExecutionEnvironment> clusters,
      WorkerSetup workers,
      Settings settings) {
    this.catalog = catalog;
    this.clusters = clusters;
    this.workers = workers;
    this.settings = settings;
  }

  @Override
  public String id() {
    return "flink";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the topology names something that does not exist, or a
   *     fold: those do not run here yet
   * @throws UncheckedIOException when the cluster does not take the job
   */
  @Override
  public Handle deploy(Topology topology, Consumer<StreamObservation> listener) {
    check(topology);
    try {
      return new JobHandle(this::check, clusters.get(), workers, settings, topology, listener);
    } catch (IOException e) {
      throw new UncheckedIOException("the job did not start: " + e.getMessage(), e);
    }
  }

  private void check(Topology topology) {
    if (!topology.folds().isEmpty()) {
      throw new IllegalArgumentException("folds do not run on Flink yet: " + topology.folds());
    }
    Set<String> ids = new HashSet<>();
    for (StreamSpec stream : topology.streams()) {
      catalog.configure(stream.detectors());
      if (!ids.add(stream.id())) {
        throw new IllegalArgumentException("two streams are named " + stream.id());
      }
    }
  }
}
