package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;
import io.aircheck.core.meter.Usage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The streams of a deployed topology. Thread-safe. */
final class RunningTopology implements Deployment.Handle {
  private final Function<Topology, Map<String, StreamRun>> prepare;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Meter meter;
  private final ProcessMeter processes;

  /** Held through an update: one comes after the other. Taken before {@link #lock}. */
  private final Object updating = new Object();

  /** Guards the fields below; never held while waiting, since runs that end need it. */
  private final Object lock = new Object();

  private Map<String, StreamRun> runs = Map.of();
  private Topology topology = new Topology(List.of(), List.of());
  private boolean closed;

  /**
   * @param prepare makes the runs of a topology without starting them
   * @param meter what its runs add to
   */
  RunningTopology(Function<Topology, Map<String, StreamRun>> prepare, Meter meter) {
    this.prepare = prepare;
    this.meter = meter;
    this.processes = new ProcessMeter(meter);
  }

  @Override
  public void update(Topology wanted) {
    synchronized (updating) {
      if (closed) {
        throw new IllegalStateException("the topology has been closed");
      }
      Map<String, StreamRun> next = new LinkedHashMap<>(prepare.apply(wanted));
      Map<String, StreamRun> leaving = new HashMap<>(runs);
      List<StreamRun> starting = new ArrayList<>();
      for (String id : List.copyOf(next.keySet())) {
        if (isSame(id, wanted)) {
          StreamRun run = leaving.remove(id);
          run.watch(spec(wanted, id).watching());
          next.put(id, run);
        } else {
          starting.add(next.get(id));
        }
      }
      stop(leaving.values());
      synchronized (lock) {
        runs = next;
        topology = wanted;
      }
      starting.forEach(this::start);
      completeIfAllEnded();
    }
  }

  private boolean isSame(String id, Topology wanted) {
    return topology.folds().equals(wanted.folds())
        && runs.containsKey(id)
        && spec(topology, id)
            .withWatching(Watching.FULL)
            .equals(spec(wanted, id).withWatching(Watching.FULL));
  }

  private static StreamSpec spec(Topology topology, String id) {
    return topology.streams().stream()
        .filter(stream -> stream.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void start(StreamRun run) {
    run.done().whenComplete((nothing, failure) -> ended(failure));
    run.start();
  }

  private void ended(@Nullable Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
    }
    completeIfAllEnded();
  }

  private void completeIfAllEnded() {
    synchronized (lock) {
      if (runs.values().stream().allMatch(run -> run.done().isDone())) {
        done.complete(null);
      }
    }
  }

  /** Stops all at once, so that the wait is that of the slowest and not the sum. */
  private static void stop(Collection<StreamRun> leaving) {
    leaving.forEach(StreamRun::stop);
    leaving.forEach(StreamRun::await);
  }

  @Override
  public CompletionStage<Void> done() {
    return done.minimalCompletionStage();
  }

  @Override
  public Usage usage() {
    processes.sample();
    return meter.usage();
  }

  @Override
  public void close() {
    synchronized (updating) {
      closed = true;
      stop(runs.values());
    }
  }
}
