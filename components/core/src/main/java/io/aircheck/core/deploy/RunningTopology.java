package io.aircheck.core.deploy;

import io.aircheck.core.meter.Meter;
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

/**
 * The streams of a deployed topology, wherever each of them runs: streams that have not changed go
 * on undisturbed through an update. Thread-safe.
 */
public final class RunningTopology implements Deployment.Handle {
  private final Function<Topology, ? extends Map<String, ? extends StreamRunner>> prepare;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Meter meter;
  private final Runnable sampling;

  /** Held through an update: one comes after the other. Taken before {@link #lock}. */
  private final Object updating = new Object();

  /** Guards the fields below; never held while waiting, since streams that end need it. */
  private final Object lock = new Object();

  private Map<String, StreamRunner> streams = Map.of();
  private List<String> folds = List.of();
  private boolean closed;

  /**
   * @param prepare makes the streams of a topology by id, without starting them
   * @param meter what its streams add to
   * @param sampling adds what is told only when it is asked for; run before usage is told
   */
  public RunningTopology(
      Function<Topology, ? extends Map<String, ? extends StreamRunner>> prepare,
      Meter meter,
      Runnable sampling) {
    this.prepare = prepare;
    this.meter = meter;
    this.sampling = sampling;
  }

  @Override
  public void update(Topology wanted) {
    synchronized (updating) {
      if (closed) {
        throw new IllegalStateException("the topology has been closed");
      }
      Map<String, StreamRunner> next = new LinkedHashMap<>(prepare.apply(wanted));
      Map<String, StreamRunner> leaving = new HashMap<>(streams);
      List<StreamRunner> starting = new ArrayList<>();
      for (Map.Entry<String, StreamRunner> entry : next.entrySet()) {
        StreamRunner running = streams.get(entry.getKey());
        StreamSpec spec = entry.getValue().spec();
        if (running != null && folds.equals(wanted.folds()) && same(running.spec(), spec)) {
          leaving.remove(entry.getKey());
          running.watch(spec.watching());
          entry.setValue(running);
        } else {
          starting.add(entry.getValue());
        }
      }
      stop(leaving.values());
      synchronized (lock) {
        streams = next;
        folds = wanted.folds();
      }
      starting.forEach(this::start);
      completeIfAllEnded();
    }
  }

  private static boolean same(StreamSpec running, StreamSpec wanted) {
    return running.withWatching(Watching.FULL).equals(wanted.withWatching(Watching.FULL));
  }

  private void start(StreamRunner stream) {
    stream.done().whenComplete((nothing, failure) -> ended(failure));
    stream.start();
  }

  private void ended(@Nullable Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
    }
    completeIfAllEnded();
  }

  private void completeIfAllEnded() {
    synchronized (lock) {
      if (streams.values().stream().allMatch(RunningTopology::isOver)) {
        done.complete(null);
      }
    }
  }

  private static boolean isOver(StreamRunner stream) {
    return stream.done().toCompletableFuture().isDone();
  }

  /** Stops all at once, so that the wait is that of the slowest and not the sum. */
  private static void stop(Collection<StreamRunner> leaving) {
    leaving.forEach(StreamRunner::stop);
    leaving.forEach(StreamRunner::await);
  }

  @Override
  public CompletionStage<Void> done() {
    return done.minimalCompletionStage();
  }

  @Override
  public Usage usage() {
    sampling.run();
    return meter.usage();
  }

  @Override
  public void close() {
    synchronized (updating) {
      closed = true;
      stop(streams.values());
    }
  }
}
