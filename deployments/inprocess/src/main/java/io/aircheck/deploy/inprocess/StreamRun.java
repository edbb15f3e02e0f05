package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamRunner;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.WatchedTime;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.task.AwaitedRenditions;
import io.aircheck.core.task.LadderWatch;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskSpec;
import io.aircheck.core.task.TaskStatistics;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One stream at work: finds its renditions, runs a task for each, folds what they observe. */
final class StreamRun implements StreamRunner {
  private static final Logger LOGGER = System.getLogger(StreamRun.class.getName());

  /** How long a stop may take: a read that does not notice is left to its daemon thread. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final StreamSpec spec;
  private final List<ConfiguredDetector> detectors;
  private final StreamTask.Surroundings surroundings;
  private final InProcessDeployment.Settings settings;
  private final ProbeFactory probes;
  private final TaskKeeper keeper;
  private final StreamFolds folds;
  private final LadderWatch ladder;
  private final WatchedTime watched;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private final Object lock = new Object();
  private final List<StreamTask> tasks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean stopping;

  StreamRun(
      StreamSpec spec,
      List<ConfiguredDetector> detectors,
      List<ObservationFold<?>> folds,
      StreamTask.Surroundings surroundings,
      InProcessDeployment.Settings settings,
      ProbeFactory probes,
      TaskKeeper keeper,
      Consumer<StreamObservation> listener,
      Meter meter) {
    this.spec = spec;
    this.detectors = detectors;
    this.surroundings = surroundings;
    this.settings = settings;
    this.probes = probes;
    this.keeper = keeper;
    this.watched = new WatchedTime(meter, spec.source().originMicros());
    this.ladder = new LadderWatch(spec.id(), possible(spec.watching()));
    this.folds =
        new StreamFolds(
            spec.id(),
            folds,
            spec.live(),
            settings.strict(),
            observation -> {
              ladder.observed(observation);
              listener.accept(observation);
            });
  }

  @Override
  public StreamSpec spec() {
    return spec;
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void start() {
    startThread("aircheck-" + spec.id(), this::supervise);
  }

  @Override
  public void watch(Watching watching) {
    ladder.watch(possible(watching));
  }

  /** Whoever compares with a reference needs all pictures. */
  private Watching possible(Watching watching) {
    return spec.reference().isPresent() ? Watching.FULL : watching;
  }

  @Override
  public void stop() {
    synchronized (lock) {
      stopping = true;
      tasks.forEach(StreamTask::stop);
      threads.forEach(Thread::interrupt);
    }
    folds.stop();
  }

  @Override
  public void await() {
    long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
    List<Thread> started;
    synchronized (lock) {
      started = List.copyOf(threads);
    }
    for (Thread thread : started) {
      try {
        long left = deadline - System.nanoTime();
        if (left > 0) {
          thread.join(Duration.ofNanos(left));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void supervise() {
    try {
      List<Thread> workers = new ArrayList<>();
      List<Worker> ready = new ArrayList<>();
      try {
        List<Optional<String>> renditions = renditions();
        boolean comparing = spec.reference().isPresent() || renditions.size() > 1;
        List<ConfiguredDetector> chosen =
            detectors.stream().filter(d -> comparing || !d.factory().fingerprints()).toList();
        for (Optional<String> rendition : renditions) {
          ready.add(worker(spec.source(), rendition, Point.MONITORED, chosen));
        }
        if (spec.reference().isPresent()) {
          ready.add(
              worker(
                  spec.reference().get(),
                  Optional.empty(),
                  Point.REFERENCE,
                  detectors.stream().filter(d -> d.factory().fingerprints()).toList()));
        }
        ready.removeIf(this::isOver);
      } catch (MediaException e) {
        probes.probe(new TaskId(spec.id(), null, Point.MONITORED)).ended(NOTHING_DONE, e);
      }
      // Every lane is known before the first task runs: folds wait for the slowest.
      for (Worker worker : ready) {
        workers.add(startThread(worker.name(), worker));
      }
      for (Thread worker : workers) {
        join(worker);
      }
      folds.finish();
      done.complete(null);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
      throw e;
    }
  }

  private static final TaskStatistics NOTHING_DONE = new TaskStatistics(0, 0, 0, 0, 0, Map.of());

  /** Waits for a worker even when stopped: a stop makes the workers end. */
  private static void join(Thread worker) {
    boolean interrupted = false;
    while (true) {
      try {
        worker.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The renditions to run; one without a name for an input that is not a ladder. */
  private List<Optional<String>> renditions() throws MediaException {
    List<String> found;
    try {
      found = surroundings.sources().renditions(spec.source());
      if (!found.isEmpty() && isStillWaiting()) {
        // What had been opened while the ladder could not be read is closed by whoever opened it.
        found = awaitRenditions();
      }
    } catch (MediaException e) {
      if (!spec.live()) {
        throw e;
      }
      found = awaitRenditions();
    }
    for (String wanted : spec.renditions()) {
      if (!found.contains(wanted)) {
        throw new MediaException(
            MediaException.Reason.NOT_FOUND,
            "%s has no rendition %s; it has %s"
                .formatted(
                    SafeUri.redact(spec.source().uri()),
                    wanted,
                    found.isEmpty() ? "none, it is not a ladder" : String.join(", ", found)));
      }
    }
    if (found.isEmpty()) {
      return List.of(Optional.empty());
    }
    return found.stream()
        .filter(id -> spec.renditions().isEmpty() || spec.renditions().contains(id))
        .map(Optional::of)
        .toList();
  }

  /** Whether an earlier run was left while it waited for its ladder. */
  private boolean isStillWaiting() {
    return keeper
        .saved(new TaskId(spec.id(), null, Point.MONITORED))
        .filter(saved -> saved instanceof TaskKeeper.Saved.Working)
        .isPresent();
  }

  /** Whether an earlier run had come to the end of a task: then nobody waits for it here. */
  private boolean isOver(Worker worker) {
    boolean over =
        keeper
            .saved(worker.id())
            .filter(saved -> saved instanceof TaskKeeper.Saved.Ended)
            .isPresent();
    if (over) {
      worker.lane().close();
    }
    return over;
  }

  /**
   * Waits until a live ladder can be read: a task that never gets a source tells its detectors that
   * the stream is unavailable, with the retries and delays of any other task.
   */
  private List<String> awaitRenditions() {
    AwaitedRenditions awaited = new AwaitedRenditions(surroundings.sources());
    Worker worker =
        worker(
            spec.source(),
            Optional.empty(),
            Point.MONITORED,
            detectors,
            surroundings.withSources(awaited));
    awaited.whenKnown(worker.task()::stop);
    worker.run();
    return awaited.known().orElse(List.of());
  }

  private Worker worker(
      SourceRequest source,
      Optional<String> rendition,
      Point point,
      List<ConfiguredDetector> chosen) {
    return worker(source, rendition, point, chosen, surroundings);
  }

  private Worker worker(
      SourceRequest source,
      Optional<String> rendition,
      Point point,
      List<ConfiguredDetector> chosen,
      StreamTask.Surroundings around) {
    TaskId id = new TaskId(spec.id(), rendition.orElse(null), point);
    StreamFolds.Lane lane = folds.lane();
    SourceRequest request = rendition.map(source::withRendition).orElse(source);
    LadderProbe probe = new LadderProbe(probes.probe(id));
    StreamTask task =
        new StreamTask(
            new TaskSpec(
                request, rendition, chosen, spec.live(), settings.strict(), settings.retry()),
            around,
            new LaneSink(id, lane, probe),
            probe);
    restore(id, task);
    if (point == Point.MONITORED) {
      probe.join(ladder.join(task::decode));
    }
    synchronized (lock) {
      tasks.add(task);
      if (stopping) {
        task.stop();
      }
    }
    return new Worker(id, task, lane, ladder, watched, keeper);
  }

  /** What cannot be read any more, of an older version say, costs what was known and no more. */
  private void restore(TaskId id, StreamTask task) {
    if (keeper.saved(id).orElse(null) instanceof TaskKeeper.Saved.Working working) {
      try {
        task.restore(working.snapshot());
      } catch (IOException e) {
        LOGGER.log(Level.WARNING, id + " begins anew: " + e.getMessage());
      }
    }
  }

  private Thread startThread(String name, Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
    synchronized (lock) {
      threads.add(thread);
    }
    thread.start();
    return thread;
  }

  /** Runs a task to its end on one thread. */
  private record Worker(
      TaskId id,
      StreamTask task,
      StreamFolds.Lane lane,
      LadderWatch ladder,
      WatchedTime watched,
      TaskKeeper keeper)
      implements Runnable {

    String name() {
      String rendition = id.rendition();
      return "aircheck-" + id.stream() + (rendition == null ? "" : "-" + rendition);
    }

    @Override
    public void run() {
      try (lane) {
        while (task.step()) {
          lane.progress(task.mediaMicros());
          ladder.reached(task.mediaMicros());
          if (id.point() == Point.MONITORED) {
            watched.reached(task.mediaMicros());
          }
          keeper.stepped(id, task);
        }
      } catch (MediaException e) {
        // Told to the probe by the task.
        lane.progress(task.mediaMicros());
      }
      keeper.ended(id, task);
    }
  }

  private record LaneSink(TaskId id, StreamFolds.Lane lane, LadderProbe probe)
      implements ObservationSink {
    @Override
    public void suspected(String kind, long ptsMicros) {
      probe.suspected(kind);
    }

    @Override
    public void observe(Observation observation) {
      lane.observe(
          new StreamObservation(
              id.stream(), id.rendition(), id.point(), System.currentTimeMillis(), observation));
    }
  }
}
