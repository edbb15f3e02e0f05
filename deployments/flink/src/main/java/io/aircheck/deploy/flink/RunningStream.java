package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.AddressTerms;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.deploy.inprocess.TaskKeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream at work in a reader, on threads of its own. What its tasks observe goes out together
 * with the snapshot that was taken right after, so that whoever passes both on at once may be
 * stopped at any time and be continued from the snapshot: nothing is missing then and nothing comes
 * twice.
 */
final class RunningStream implements TaskKeeper {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * How old a snapshot may become when nothing is observed: as old as a checkpoint, with which all
   * of it is delivered.
   */
  private static final long SNAPSHOT_NANOS =
      FlinkDeployment.Settings.DEFAULT.checkpoint().toNanos();

  /** Something a stream did. */
  sealed interface Deed {
    /** Id of the run of the stream. */
    String run();

    /** A task came to where the snapshot was taken. */
    record Advanced(StreamReport.Advanced report, SavedTask saved) implements Deed {
      @Override
      public String run() {
        return report.run().id();
      }
    }

    /** All tasks are over. */
    record Ended(String run, Optional<String> failure) implements Deed {}
  }

  /** What a task has observed since its last snapshot; touched by the task's thread only. */
  private static final class Pending {
    private List<StreamReport.Seen> seen = new ArrayList<>();
    private long reachedMicros;
    private boolean urgent;
    private long sinceNanos = System.nanoTime();
  }

  private final StreamSplit split;
  private final WorkerSetup workers;
  private final Consumer<Deed> deeds;
  private final Run run;
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();

  /**
   * In the order in which they are made: all of those that run beside each other before they do.
   */
  private final List<String> tasks = new CopyOnWriteArrayList<>();

  private final Map<String, GlimpseProbe> probes = new ConcurrentHashMap<>();

  /** Processor time of the thread of each task when it was last looked at. */
  private final Map<String, Long> spentNanos = new ConcurrentHashMap<>();

  private final AtomicBoolean over = new AtomicBoolean();

  /** Where the inputs may lead to; asked by the threads of the tasks. */
  private volatile AddressRule addresses;

  private StreamSpec stream;
  private Deployment.@Nullable Handle handle;

  /**
   * @param deeds told of what happens, on the threads of the tasks; may block
   */
  RunningStream(StreamSplit split, WorkerSetup workers, Consumer<Deed> deeds) {
    this.split = split;
    this.workers = workers;
    this.deeds = deeds;
    this.addresses = split.order().stream().source().addresses();
    // The same rule all the time, so that the stream need not begin anew when it says otherwise.
    this.stream = split.order().stream().withAddresses(uri -> addresses.refusal(uri));
    this.run = split.order().toRun();
  }

  void start() {
    InProcessDeployment deployment =
        new InProcessDeployment(
            workers.catalog(),
            List.of(),
            workers.surroundings(),
            workers.settings(),
            this::probe,
            this);
    try {
      Deployment.Handle started = deployment.deployInMeteredProcess(topology(), this::observed);
      handle = started;
      started.done().whenComplete((nothing, failure) -> ended(failure));
    } catch (IllegalArgumentException e) {
      ended(e);
    }
  }

  private Topology topology() {
    return new Topology(List.of(stream), List.of());
  }

  /**
   * Goes on like this.
   *
   * @param terms what its inputs may lead to; null: everywhere
   */
  void watch(Watching watching, @Nullable AddressTerms terms) {
    addresses = terms == null ? AddressRule.ANY : OutboundPolicy.of(terms);
    stream = stream.withWatching(watching);
    Deployment.Handle running = handle;
    if (running != null) {
      running.update(topology());
    }
  }

  /** Stops on a thread of its own, since that may take long. */
  void stop() {
    Thread.ofPlatform()
        .daemon()
        .name("aircheck-stop-" + stream.id())
        .start(
            () -> {
              Deployment.Handle running = handle;
              if (running != null) {
                running.close();
              }
              ended(null);
            });
  }

  private void ended(@Nullable Throwable failure) {
    if (over.compareAndSet(false, true)) {
      deeds.accept(
          new Deed.Ended(split.splitId(), Optional.ofNullable(failure).map(Throwable::toString)));
    }
  }

  private static String key(@Nullable String rendition, Point point) {
    return rendition == null ? point.name() : point.name() + " " + rendition;
  }

  private Pending pending(String key) {
    return pending.computeIfAbsent(key, task -> new Pending());
  }

  private TaskProbe probe(TaskId id) {
    String key = key(id.rendition(), id.point());
    if (!tasks.contains(key)) {
      tasks.add(key);
    }
    GlimpseProbe probe = new GlimpseProbe(workers.stills());
    probes.put(key, probe);
    return probe;
  }

  /** Somebody looks who has seen nothing before. */
  void showAgain() {
    probes.values().forEach(GlimpseProbe::showAgain);
  }

  /** What a task keeps of its input, by what reports call the task; null: nothing. */
  @Nullable PacketRecording recording(String task) {
    GlimpseProbe probe = probes.get(task);
    return probe == null ? null : probe.recording();
  }

  /** The latest requests of the input of a task, by what reports call the task. */
  List<RequestLog.Exchange> requests(String task) {
    GlimpseProbe probe = probes.get(task);
    RequestLog made = probe == null ? null : probe.requests();
    return made == null ? List.of() : made.latest();
  }

  /** Processor time of its tasks since they began here, a second ago. */
  long processorNanos() {
    return spentNanos.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The task of a stream by what reports call it. */
  static TaskId taskId(String stream, String key) {
    int space = key.indexOf(' ');
    return space < 0
        ? new TaskId(stream, null, Point.valueOf(key))
        : new TaskId(stream, key.substring(space + 1), Point.valueOf(key.substring(0, space)));
  }

  private void observed(StreamObservation observation) {
    Pending waiting = pending(key(observation.rendition(), observation.point()));
    waiting.seen.add(new StreamReport.Seen(waiting.reachedMicros, observation));
    waiting.urgent |= !(observation.observation() instanceof Observation.Fingerprinted);
  }

  @Override
  public Optional<Saved> saved(TaskId id) {
    SavedTask saved = split.tasks().get(key(id.rendition(), id.point()));
    if (saved == null) {
      return Optional.empty();
    }
    return Optional.of(saved.ended() ? new Saved.Ended() : new Saved.Working(saved.snapshot()));
  }

  @Override
  public void stepped(TaskId id, StreamTask task) {
    Pending waiting = pending(key(id.rendition(), id.point()));
    waiting.reachedMicros = Math.max(waiting.reachedMicros, task.mediaMicros());
    if (waiting.urgent || System.nanoTime() - waiting.sinceNanos >= SNAPSHOT_NANOS) {
      try {
        send(id, task, waiting, task.snapshot(SavedTask::at));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot take a snapshot of " + id, e);
      }
    }
  }

  @Override
  public void ended(TaskId id, StreamTask task) {
    send(id, task, pending(key(id.rendition(), id.point())), SavedTask.ENDED);
  }

  private void send(TaskId id, StreamTask task, Pending waiting, SavedTask saved) {
    String key = key(id.rendition(), id.point());
    spentNanos.put(key, THREADS.getCurrentThreadCpuTime());
    GlimpseProbe probe = probes.get(key);
    deeds.accept(
        new Deed.Advanced(
            new StreamReport.Advanced(
                run,
                key,
                tasks,
                waiting.seen,
                task.mediaMicros(),
                id.point() == Point.MONITORED,
                saved.ended(),
                System.currentTimeMillis(),
                probe == null ? Glimpse.NOTHING : probe.take()),
            saved));
    waiting.seen = new ArrayList<>();
    waiting.urgent = false;
    waiting.sinceNanos = System.nanoTime();
  }
}
