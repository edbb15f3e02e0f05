package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.WorkerLoad;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.meter.WatchedTime;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A topology that runs wherever a job follows the desk: gives the orders, and takes what comes of
 * them. Thread-safe.
 */
final class DeskHandle implements Deployment.Handle {
  private static final Logger LOGGER = System.getLogger(DeskHandle.class.getName());

  /** How long a stop may take: a job that does not answer is left to itself. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  /** How often it is looked whether a job is still there. */
  private static final long LOOK_MILLIS = 1_000;

  private final Consumer<Topology> check;
  private final Consumer<StreamObservation> listener;
  private final JobListener jobListener;
  private final Desk desk;
  private final String teller = UUID.randomUUID().toString();
  private final Meter meter = new Meter();
  private final ProcessMeter processes = new ProcessMeter(meter);
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** Held through an update: one comes after the other. Taken before {@link #lock}. */
  private final Object updating = new Object();

  /** Guards the fields below, and is told when a run has ended. */
  private final Object lock = new Object();

  private final Set<String> running = new HashSet<>();

  /** Of the runs that are running; what is said again after a failure counts once. */
  private final Map<String, WatchedTime> watched = new HashMap<>();

  private boolean over;

  /**
   * Opens the desk.
   *
   * @param check throws when a topology cannot be run
   * @param at where the desk listens; port 0: any that is free
   * @param secret name of the path below which it answers
   * @param listener told of what is observed
   * @param jobListener told of everything else
   */
  DeskHandle(
      Consumer<Topology> check,
      InetSocketAddress at,
      String secret,
      Consumer<StreamObservation> listener,
      JobListener jobListener)
      throws IOException {
    this.check = check;
    this.listener = listener;
    this.jobListener = jobListener;
    desk = new Desk(at, secret, this::receive);
  }

  /** The way to the desk. */
  DeskLink link() {
    return new DeskLink(desk.address());
  }

  private void receive(Outcome outcome) {
    switch (outcome) {
      case Outcome.Observed observed -> {
        observed.observations().forEach(listener);
        observed.watchedMicros().ifPresent(micros -> watched(observed, micros));
        TaskId task = RunningStream.taskId(observed.stream(), observed.task());
        if (observed.glimpse().state().orElse(null) instanceof Glimpse.State.Watching) {
          JobFootage kept = new JobFootage(desk.errands(), observed.stream(), observed.task());
          jobListener.kept(task, kept, kept);
        }
        jobListener.seen(
            task, observed.watchedMicros().orElse(0), observed.atMillis(), observed.glimpse());
      }
      case Outcome.Ended ended -> {
        ended.observations().forEach(listener);
        ended(ended);
      }
      case Outcome.Retold retold -> retold.open().forEach(listener);
      case Outcome.Changed changed -> jobListener.incident(changed.change());
    }
  }

  private void watched(Outcome.Observed observed, long reachedMicros) {
    WatchedTime time;
    synchronized (lock) {
      time = watched.get(observed.run().id());
    }
    if (time != null) {
      time.reached(reachedMicros);
    }
  }

  private void ended(Outcome.Ended ended) {
    String run = ended.run().id();
    ended.failure().ifPresent(why -> LOGGER.log(Level.WARNING, run + " failed: " + why));
    synchronized (lock) {
      running.remove(run);
      watched.remove(run);
      lock.notifyAll();
    }
    completeIfAllEnded();
  }

  private void completeIfAllEnded() {
    synchronized (lock) {
      if (running.isEmpty()) {
        done.complete(null);
      }
    }
  }

  /** No job follows the desk any more: nothing is waited for. */
  void abandoned(Optional<Throwable> failure) {
    synchronized (lock) {
      over = true;
      lock.notifyAll();
    }
    failure.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
  }

  /** Begins with a topology that has been checked. */
  void begin(Topology topology) {
    order(topology);
    completeIfAllEnded();
  }

  /** Lets the job run a topology; returns the runs that have to end for it. */
  private Set<String> order(Topology topology) {
    List<StreamOrder> wanted = new ArrayList<>();
    synchronized (lock) {
      Set<String> leaving = new HashSet<>(running);
      Set<String> before = new HashSet<>();
      desk.orders().streams().forEach(order -> before.add(order.run()));
      for (StreamSpec stream : topology.streams()) {
        StreamOrder order =
            StreamOrder.of(stream, topology.folds(), IncidentPolicy.DEFAULT, Map.of());
        if (!before.contains(order.run())) {
          running.add(order.run());
          watched.put(order.run(), new WatchedTime(meter, stream.source().originMicros()));
        }
        leaving.remove(order.run());
        wanted.add(order);
      }
      desk.give(teller, wanted, false);
      return leaving;
    }
  }

  @Override
  public CompletionStage<Void> done() {
    return done.minimalCompletionStage();
  }

  @Override
  public void update(Topology topology) {
    check.accept(topology);
    synchronized (updating) {
      await(order(topology));
    }
  }

  /** Waits until runs have ended, if anybody can end them. */
  private void await(Set<String> leaving) {
    long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
    synchronized (lock) {
      while (!over && desk.isFollowed() && leaving.stream().anyMatch(running::contains)) {
        long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          LOGGER.log(Level.WARNING, "streams that were to stop do not: " + leaving);
          return;
        }
        try {
          lock.wait(Math.min(leftMillis, LOOK_MILLIS));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Processor time and memory are those of this process, its children, and the processes of the
   * cluster wherever they run, as workers and the leading job manager say every few seconds. What
   * stands by is in it as far as the leading job manager sees it: on its own machine.
   */
  @Override
  public Usage usage() {
    processes.sample();
    return meter.usage().plus(desk.processes().usage());
  }

  @Override
  public Map<String, Usage> usageElsewhere() {
    Map<String, Usage> parts = new TreeMap<>();
    desk.processes().byPart().forEach((part, used) -> parts.put(part.word(), used));
    return parts;
  }

  @Override
  public Optional<List<WorkerLoad>> workers() {
    return Optional.of(desk.workers());
  }

  /** Stops all streams, and lets the job end with them. */
  void dismiss() {
    synchronized (updating) {
      await(order(new Topology(List.of(), List.of())));
      desk.give(teller, List.of(), true);
    }
  }

  @Override
  public void close() {
    desk.close();
  }
}
