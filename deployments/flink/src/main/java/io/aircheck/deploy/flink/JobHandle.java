package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.meter.WatchedTime;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** A topology that runs as a job. Thread-safe. */
final class JobHandle implements Deployment.Handle {
  private static final Logger LOGGER = System.getLogger(JobHandle.class.getName());

  /** How long a stop may take: a cluster that does not answer is left to itself. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final Consumer<Topology> check;
  private final Consumer<StreamObservation> listener;
  private final OrderDesk desk;
  private final JobClient job;
  private final CloseableIterator<StreamReport> reports;
  private final Thread receiver;
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

  private int runs;
  private boolean over;

  /**
   * @param check throws when a topology cannot be run
   */
  JobHandle(
      Consumer<Topology> check,
      StreamExecutionEnvironment cluster,
      WorkerSetup workers,
      FlinkDeployment.Settings settings,
      Topology topology,
      Consumer<StreamObservation> listener)
      throws IOException {
    this.check = check;
    this.listener = listener;
    desk = new OrderDesk();
    order(topology);
    cluster.enableCheckpointing(settings.checkpoint().toMillis());
    StreamSource source =
        new StreamSource(
            new HttpCatalogue(desk.address()), settings.catalogue().toMillis(), workers);
    reports =
        cluster
            .fromSource(
                source,
                WatermarkStrategy.noWatermarks(),
                "streams",
                new RecordType<>(StreamReport.class))
            .uid("streams")
            .collectAsync();
    try {
      job = cluster.executeAsync("aircheck");
    } catch (Exception e) {
      desk.close();
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
    receiver = Thread.ofPlatform().daemon().name("aircheck-reports").start(this::receive);
    completeIfAllEnded();
  }

  private void receive() {
    try {
      while (reports.hasNext()) {
        switch (reports.next()) {
          case StreamReport.Observed observed -> listener.accept(observed.observation());
          case StreamReport.Watched watched -> watched(watched);
          case StreamReport.Ended ended -> ended(ended);
        }
      }
      over(null);
    } catch (RuntimeException e) {
      over(e);
    }
  }

  private void watched(StreamReport.Watched report) {
    WatchedTime time;
    synchronized (lock) {
      time = watched.get(report.run());
    }
    if (time != null) {
      time.reached(report.reachedMicros());
    }
  }

  private void ended(StreamReport.Ended ended) {
    ended.failure().ifPresent(why -> LOGGER.log(Level.WARNING, ended.run() + " failed: " + why));
    synchronized (lock) {
      running.remove(ended.run());
      watched.remove(ended.run());
      lock.notifyAll();
    }
    completeIfAllEnded();
  }

  private void over(@Nullable RuntimeException failure) {
    synchronized (lock) {
      over = true;
      lock.notifyAll();
    }
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }

  private void completeIfAllEnded() {
    synchronized (lock) {
      if (running.isEmpty()) {
        done.complete(null);
      }
    }
  }

  /** Lets the job run a topology; returns the runs that have to end for it. */
  private Set<String> order(Topology topology) {
    List<StreamOrder> wanted = new ArrayList<>();
    synchronized (lock) {
      Set<String> leaving = new HashSet<>(running);
      for (StreamSpec stream : topology.streams()) {
        Optional<StreamOrder> same = sameAs(stream);
        String run = same.map(StreamOrder::run).orElseGet(() -> stream.id() + "/" + ++runs);
        if (same.isEmpty()) {
          running.add(run);
          watched.put(run, new WatchedTime(meter, stream.source().originMicros()));
        }
        leaving.remove(run);
        wanted.add(new StreamOrder(run, stream));
      }
      desk.give(new Orders(wanted, false));
      return leaving;
    }
  }

  private Optional<StreamOrder> sameAs(StreamSpec stream) {
    return desk.orders().streams().stream()
        .filter(
            order ->
                order.stream()
                    .withWatching(Watching.FULL)
                    .equals(stream.withWatching(Watching.FULL)))
        .findFirst();
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

  /** Waits until runs have ended. */
  private void await(Set<String> leaving) {
    long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
    synchronized (lock) {
      while (!over && leaving.stream().anyMatch(running::contains)) {
        long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          LOGGER.log(Level.WARNING, "streams that were to stop do not: " + leaving);
          return;
        }
        try {
          lock.wait(leftMillis);
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
   * <p>Processor time and memory are those of this process and its children: complete when the
   * cluster runs in it, without the task managers when they run elsewhere.
   */
  @Override
  public Usage usage() {
    processes.sample();
    return meter.usage();
  }

  @Override
  public void close() {
    synchronized (updating) {
      // All that is said has come home before the job ends: its cluster may end with it.
      await(order(new Topology(List.of(), List.of())));
      desk.give(new Orders(List.of(), true));
      try {
        if (!receiver.join(STOP_TIMEOUT)) {
          LOGGER.log(Level.WARNING, "the job does not end, and is cancelled");
          job.cancel()
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure != null) {
                      LOGGER.log(Level.WARNING, "the job was not cancelled", failure);
                    }
                  });
        }
        reports.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOGGER.log(Level.WARNING, "the job did not end in good order", e);
      }
      desk.close();
    }
  }
}
