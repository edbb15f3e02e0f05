package io.aircheck.core.deploy;

import io.aircheck.core.meter.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A place to run topologies: one process, copies of it, a cluster, functions. */
public interface Deployment {

  /** Name on the command line and in configuration: {@code inprocess}, {@code flink} ... */
  String id();

  /**
   * Starts a topology.
   *
   * @param listener told of everything observed, in order per stream, from several threads
   * @return a handle on what runs
   */
  Handle deploy(Topology topology, Consumer<StreamObservation> listener);

  /** A running topology. */
  interface Handle extends AutoCloseable {

    /** Completes when every stream has ended; exceptionally when the deployment itself failed. */
    CompletionStage<Void> done();

    /**
     * Runs another topology from now on. Streams that are the same in both, or differ only in how
     * closely they are watched, go on undisturbed; others are stopped, with what they have open
     * closed, or started. Returns when those that had to stop have stopped.
     *
     * @throws IllegalArgumentException when the topology names something that does not exist, or
     *     two streams alike; nothing has changed then
     */
    void update(Topology topology);

    /**
     * What it has used since it was deployed, the streams that are gone included. What the
     * processes use that it shares with others is counted as a whole.
     */
    Usage usage();

    /**
     * What is in {@link #usage} of processes that were started apart from the caller, by what they
     * are; empty: there are none, or nobody tells them apart.
     */
    default Map<String, Usage> usageElsewhere() {
      return Map.of();
    }

    /**
     * How busy those are that run the streams, as far as they have said lately; empty: streams run
     * in this process and its children.
     */
    default Optional<List<WorkerLoad>> workers() {
      return Optional.empty();
    }

    /** Stops all streams, closes what is open, and waits for that. */
    @Override
    void close();
  }
}
