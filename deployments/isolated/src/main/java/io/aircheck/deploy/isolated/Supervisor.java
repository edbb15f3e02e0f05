package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;
import io.aircheck.core.meter.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the streams of a topology running in children: starts these where {@link Placement} wants
 * them, and again when they die. Thread-safe.
 */
final class Supervisor implements Deployment.Handle {
  private static final long TICK_MILLIS = 250;

  /** What a child has to stop a stream, which itself waits for reads. */
  private static final long STOP_SECONDS = 12;

  private final IsolatedDeployment deployment;
  private final Consumer<StreamObservation> listener;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Meter meter = new Meter();
  private final ProcessMeter processes = new ProcessMeter(meter);
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-supervisor").factory());

  /** Held through an update: one comes after the other. Taken before {@link #lock}. */
  private final Object updating = new Object();

  /** Guards the fields below; never held while waiting for a child. */
  private final Object lock = new Object();

  private final Placement placement;
  private final Map<String, SupervisedStream> streams = new LinkedHashMap<>();
  private final Map<Integer, ChildLink> children = new HashMap<>();
  private final Map<ChildLink, Integer> silentTicks = new HashMap<>();
  private List<String> folds = List.of();
  private int lastRun;
  private boolean closed;

  Supervisor(IsolatedDeployment deployment, Consumer<StreamObservation> listener) {
    this.deployment = deployment;
    this.listener = listener;
    this.placement = new Placement(deployment.settings().rules());
    ticker.scheduleWithFixedDelay(this::supervise, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  @Override
  public void update(Topology wanted) {
    Map<String, StreamSpec> next = deployment.check(wanted);
    synchronized (updating) {
      List<CompletableFuture<Void>> stopping = new ArrayList<>();
      synchronized (lock) {
        if (closed) {
          throw new IllegalStateException("the topology has been closed");
        }
        boolean sameFolds = folds.equals(wanted.folds());
        for (SupervisedStream stream : List.copyOf(streams.values())) {
          StreamSpec spec = next.get(stream.id());
          if (!sameFolds || spec == null || !sameButWatching(spec, stream.spec())) {
            leave(stream).ifPresent(stopping::add);
          } else if (!spec.equals(stream.spec())) {
            stream.watch(spec.watching());
          }
        }
      }
      await(stopping);
      synchronized (lock) {
        folds = List.copyOf(wanted.folds());
        for (StreamSpec spec : next.values()) {
          if (!streams.containsKey(spec.id())) {
            streams.put(
                spec.id(), new SupervisedStream(spec, deployment.probes(), listener, meter));
            placement.add(spec.id());
          }
        }
        reconcile();
      }
      completeIfAllEnded();
    }
  }

  private static boolean sameButWatching(StreamSpec one, StreamSpec other) {
    return one.withWatching(Watching.FULL).equals(other.withWatching(Watching.FULL));
  }

  /** Takes a stream out; when it has stopped, if it runs. */
  private Optional<CompletableFuture<Void>> leave(SupervisedStream stream) {
    streams.remove(stream.id());
    placement.remove(stream.id());
    if (stream.release()) {
      deployment.events().released(stream.id());
    }
    return stream.stop();
  }

  private static void await(List<CompletableFuture<Void>> stopping) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(stopping.toArray(CompletableFuture[]::new));
    try {
      // What could not be stopped in time is left to its child, as are reads to their thread.
      all.exceptionally(failure -> null)
          .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Brings what runs to where it is to be. With the lock. */
  private void reconcile() {
    if (closed) {
      return;
    }
    long now = nowMillis();
    for (int cell : placement.occupied()) {
      ChildLink child = children.get(cell);
      if (child == null && placement.mayStart(cell, now)) {
        child = launch(cell, now);
      }
      if (child != null) {
        for (String id : placement.members(cell)) {
          runIn(child, id);
        }
      }
    }
    for (Map.Entry<Integer, ChildLink> entry : Map.copyOf(children).entrySet()) {
      if (placement.members(entry.getKey()).isEmpty() && entry.getValue().runs().isEmpty()) {
        children.remove(entry.getKey());
        entry.getValue().dismiss();
      }
    }
  }

  private @Nullable ChildLink launch(int cell, long now) {
    try {
      ChildLink child = new ChildLink(deployment.launcher().launch(), this::died);
      children.put(cell, child);
      child.begin();
      return child;
    } catch (IOException e) {
      placement.failedToStart(cell, now);
      interrupt(placement.members(cell), "no process could be started: " + e.getMessage());
      return null;
    }
  }

  private void runIn(ChildLink child, String id) {
    SupervisedStream stream = streams.get(id);
    if (stream == null || !stream.isToRunIn(child)) {
      return;
    }
    Run run = stream.runIn(child, ++lastRun, folds);
    run.done().whenComplete((nothing, failure) -> ended(stream, run, failure));
  }

  private void ended(SupervisedStream stream, Run run, @Nullable Throwable failure) {
    synchronized (lock) {
      if (!stream.ended(run)) {
        return;
      }
      if (streams.get(stream.id()) == stream) {
        // A changed one may have taken its place meanwhile.
        placement.remove(stream.id());
      }
    }
    if (failure != null) {
      done.completeExceptionally(failure);
    }
    completeIfAllEnded();
  }

  private void completeIfAllEnded() {
    synchronized (lock) {
      if (streams.values().stream().allMatch(SupervisedStream::isOver)) {
        done.complete(null);
      }
    }
  }

  /** A child is dead: its streams are suspects, and come back. */
  private void died(ChildLink child, Death death) {
    synchronized (lock) {
      silentTicks.remove(child);
      Optional<Integer> cell =
          children.entrySet().stream()
              .filter(entry -> entry.getValue() == child)
              .map(Map.Entry::getKey)
              .findFirst();
      child.runs().forEach(Run::abandon);
      if (cell.isPresent()) {
        children.remove(cell.get());
        Set<String> members = placement.members(cell.get());
        if (!closed) {
          interrupt(
              members,
              "%s: %s; watched again within seconds".formatted(death.child(), death.reason()));
          suspect(cell.get(), child, death, members);
        }
      }
      for (Run run : child.runs()) {
        // Whoever waits for it to stop need not any more.
        run.done().complete(null);
      }
    }
  }

  private void suspect(int cell, ChildLink child, Death death, Set<String> members) {
    if (!child.ready()) {
      placement.failedToStart(cell, nowMillis());
      return;
    }
    Optional<String> culprit = placement.died(cell, death.culprit(members), nowMillis());
    if (culprit.isPresent()) {
      SupervisedStream stream = streams.get(culprit.get());
      if (stream != null) {
        String why =
            "killed its process %d times (last: %s); not watched until it is restarted or changed"
                .formatted(deployment.settings().rules().strikes(), death.reason());
        // Whoever hears of the finding asks for the last words.
        deployment.events().quarantined(stream.id(), why, death);
        stream.quarantine(why, deployment.settings().rules().strikes());
      }
    }
  }

  /** Tells that streams are not watched for a moment. */
  private void interrupt(Set<String> ids, String why) {
    List<SupervisedStream> hit =
        streams.values().stream().filter(stream -> ids.contains(stream.id())).toList();
    if (!hit.isEmpty()) {
      deployment
          .events()
          .interrupted(hit.stream().map(SupervisedStream::id).collect(Collectors.toSet()), why);
      hit.forEach(stream -> stream.interrupted(why));
    }
  }

  /** Whatever goes wrong in one round, the next one follows. */
  private void supervise() {
    try {
      tick();
    } catch (RuntimeException e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  private void tick() {
    synchronized (lock) {
      int patience = deployment.settings().silentTicks(TICK_MILLIS);
      for (ChildLink child : children.values()) {
        int silent = child.heard() ? 0 : silentTicks.getOrDefault(child, 0) + 1;
        silentTicks.put(child, silent);
        // Counted in ticks of this process: one that was suspended itself does not blame others.
        if (silent == (child.ready() ? patience : 3 * patience)) {
          child.kill("silent for %d s".formatted(silent * TICK_MILLIS / 1000));
        }
      }
      for (String moved : placement.homecoming(nowMillis())) {
        SupervisedStream stream = streams.get(moved);
        if (stream != null) {
          stream.abandonRun();
        }
        interrupt(Set.of(moved), "moves to another process");
      }
      reconcile();
    }
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
      List<CompletableFuture<Void>> stopping = new ArrayList<>();
      List<ChildLink> left;
      synchronized (lock) {
        closed = true;
        left = List.copyOf(children.values());
        for (SupervisedStream stream : streams.values()) {
          stream.stop().ifPresent(stopping::add);
        }
      }
      await(stopping);
      ticker.shutdownNow();
      left.forEach(ChildLink::dismiss);
      left.forEach(ChildLink::awaitDeath);
    }
  }
}
