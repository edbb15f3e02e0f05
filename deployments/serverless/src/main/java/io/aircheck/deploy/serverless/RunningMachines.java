package io.aircheck.deploy.serverless;

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
final class RunningMachines implements Deployment.Handle {
  private final Function<Topology, Map<String, StreamMachine>> prepare;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Meter meter;
  private final ProcessMeter processes;

  /** Held through an update: one comes after the other. Taken before {@link #lock}. */
  private final Object updating = new Object();

  /** Guards the fields below; never held while waiting. */
  private final Object lock = new Object();

  private Map<String, StreamMachine> machines = Map.of();
  private List<String> folds = List.of();
  private boolean closed;

  /**
   * @param prepare makes the machines of a topology without starting them
   * @param meter what they add to
   */
  RunningMachines(Function<Topology, Map<String, StreamMachine>> prepare, Meter meter) {
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
      Map<String, StreamMachine> next = new LinkedHashMap<>(prepare.apply(wanted));
      Map<String, StreamMachine> leaving = new HashMap<>(machines);
      List<StreamMachine> starting = new ArrayList<>();
      for (Map.Entry<String, StreamMachine> entry : next.entrySet()) {
        StreamMachine running = machines.get(entry.getKey());
        if (running != null
            && folds.equals(wanted.folds())
            && same(running.spec(), entry.getValue().spec())) {
          leaving.remove(entry.getKey());
          entry.setValue(running);
        } else {
          starting.add(entry.getValue());
        }
      }
      stop(leaving.values());
      synchronized (lock) {
        machines = next;
        folds = wanted.folds();
      }
      for (StreamMachine machine : starting) {
        machine.done().whenComplete((nothing, failure) -> ended(failure));
        machine.start();
      }
      completeIfAllEnded();
    }
  }

  private static boolean same(StreamSpec running, StreamSpec wanted) {
    return running.withWatching(Watching.FULL).equals(wanted.withWatching(Watching.FULL));
  }

  private void ended(@Nullable Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
    }
    completeIfAllEnded();
  }

  private void completeIfAllEnded() {
    synchronized (lock) {
      if (machines.values().stream().allMatch(machine -> machine.done().isDone())) {
        done.complete(null);
      }
    }
  }

  /** Stops all at once, so that the wait is that of the slowest and not the sum. */
  private static void stop(Collection<StreamMachine> leaving) {
    leaving.forEach(StreamMachine::stop);
    leaving.forEach(StreamMachine::await);
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
      stop(machines.values());
    }
  }
}
