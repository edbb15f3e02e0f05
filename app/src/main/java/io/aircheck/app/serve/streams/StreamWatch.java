package io.aircheck.app.serve.streams;

import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.StreamStatus.State;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.deploy.WorkerLoad;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.deploy.isolated.Death;
import io.aircheck.deploy.isolated.ProcessEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Watches the streams of the service, and knows how each of them is. Thread-safe. */
public final class StreamWatch implements AutoCloseable {

  /** Told of what happens to streams; called from several threads, must not block. */
  public interface Listener {
    /** A stream is about to be watched anew: tasks that did so before are about to be stopped. */
    void rewatching(String stream);

    /** A stream has to wait for room: tasks that watched it are about to be stopped. */
    void pausing(String stream);

    /** A stream is not watched any more. */
    void unwatched(String stream);

    /** Something was observed. */
    void observed(StreamObservation observation);

    /** The state of a stream has changed. */
    void changed(String stream);

    /** Something befell the process of streams; one line for who operates the service. */
    void mishap(String line);
  }

  private final List<String> folds;
  private final AddressRule addresses;
  private final MetricRecorder metrics;
  private final LongSupplier clock;
  private final Duration recorded;
  private final Listener listener;
  private final Deployment.Handle handle;

  /** Held through an update: one comes after the other. */
  private final Object updating = new Object();

  private final StreamFootage footage = new StreamFootage();

  /** Changed with {@link #updating}. */
  private final WatchRoom room;

  private volatile Map<String, StreamSpec> running = Map.of();

  /** Whether it has been said what to run: another service may have said something else before. */
  private boolean begun;

  private final Map<String, Quarantine> quarantined = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Why a stream is not run. */
  private record Quarantine(String why, Death death) {}

  /**
   * @param where where streams run
   * @param folds ids of the folds over their observations
   * @param addresses where streams may lead to
   * @param clock wall-clock milliseconds since the epoch
   * @param recorded how much of the latest media is kept undecoded, for clips
   * @param viewers how many watch what each stream shows, by its id; those that are not there: none
   * @param share of its cores that may be used until a machine counts as full
   */
  public StreamWatch(
      WatchDeployment where,
      List<String> folds,
      AddressRule addresses,
      MetricRecorder metrics,
      LongSupplier clock,
      Duration recorded,
      Function<List<WatchedStream>, Map<String, Long>> viewers,
      double share,
      Listener listener) {
    this.room = new WatchRoom(footage, viewers, share);
    this.folds = List.copyOf(folds);
    this.addresses = addresses;
    this.metrics = metrics;
    this.clock = clock;
    this.recorded = recorded;
    this.listener = listener;
    this.handle =
        where
            .create(this::probe, new Events())
            .deploy(new Topology(List.of(), List.of()), this::observed);
  }

  /**
   * Watches these streams from now on, as far as the machine has room; those that have not changed
   * go on undisturbed. Returns when those that had to stop have stopped.
   */
  public void update(List<WatchedStream> streams, PolicyBook book) {
    synchronized (updating) {
      if (closed) {
        return;
      }
      Map<String, Admission.Place> before = room.places();
      room.admit(streams, book);
      deploy(before);
    }
  }

  /** This share of the cores of a machine may be used from the next measurement on. */
  public void share(double ofCores) {
    synchronized (updating) {
      room.share(ofCores);
    }
  }

  /** Cores that may be used, those of the workers of a cluster together; 0 without a worker. */
  public double limit() {
    return room.limit();
  }

  /** Cores of a worker that may be used. */
  public double limit(WorkerLoad worker) {
    return room.limit(worker);
  }

  /** Workers of a cluster when last asked; empty: streams run on this machine. */
  public Optional<List<WorkerLoad>> workers() {
    return room.workers();
  }

  /** Measures what is used, and watches more or less closely by that; every few seconds. */
  public void rebalance() {
    synchronized (updating) {
      if (closed) {
        return;
      }
      // Memory over time is the better known the more often it is looked at.
      handle.usage();
      Map<String, Admission.Place> before = room.places();
      room.rebalance(clock.getAsLong(), handle.workers());
      deploy(before);
    }
  }

  /** Whether a new stream would have to wait for room. */
  public boolean full() {
    return room.full();
  }

  /** Why a new stream would have to wait, and what to do; empty when there is room. */
  public Optional<String> refusal() {
    return room.refusal();
  }

  /** Cores in use when last measured, by the workers of a cluster where there is one. */
  public double usedCores() {
    return room.usage().usedCores();
  }

  /** What watching has used since the start. */
  public Usage usage() {
    return handle.usage();
  }

  /** What of it is of the processes of a cluster, by what they are. */
  public Map<String, Usage> usageElsewhere() {
    return handle.usageElsewhere();
  }

  /** Cores that a stream used when last measured; 0 when it was not. */
  public double usedCores(String stream) {
    return room.usage().byStream().getOrDefault(stream, 0.0);
  }

  /** Cores that a stream has used in the last minute or so; 0 when it was not measured. */
  public double recentCores(String stream) {
    return room.recentCores(stream);
  }

  /**
   * Memory that falls to a stream, GB: all in use when last measured, divided by the streams that
   * were.
   */
  public double usedGb() {
    CapacityMeter.Usage usage = room.usage();
    return usage.residentGb() / Math.max(1, usage.byStream().size());
  }

  /** Runs what was decided, and tells of streams whose place has changed. */
  private void deploy(Map<String, Admission.Place> before) {
    Map<String, StreamSpec> next = new LinkedHashMap<>();
    for (WatchedStream stream : room.wanted()) {
      if (!room.waits(stream.id())) {
        next.put(stream.id(), spec(stream));
      }
    }
    Map<String, Admission.Place> moved = new LinkedHashMap<>(room.places());
    moved.entrySet().removeAll(before.entrySet());
    moved.forEach(
        (stream, place) -> {
          if (place == Admission.Place.WAITING) {
            listener.pausing(stream);
          } else if (before.get(stream) == Admission.Place.WAITING) {
            listener.rewatching(stream);
          }
        });
    if (!begun || !next.equals(running)) {
      begun = true;
      run(next);
    }
    for (String stream : before.keySet()) {
      if (!room.places().containsKey(stream)) {
        listener.unwatched(stream);
      }
    }
    moved.keySet().forEach(listener::changed);
  }

  private void run(Map<String, StreamSpec> next) {
    Set<String> gone = new LinkedHashSet<>();
    for (Map.Entry<String, StreamSpec> before : running.entrySet()) {
      StreamSpec after = next.get(before.getKey());
      if (after == null) {
        gone.add(before.getKey());
      } else if (!after
          .withWatching(Watching.FULL)
          .equals(before.getValue().withWatching(Watching.FULL))) {
        listener.rewatching(before.getKey());
        footage.forget(before.getKey());
      }
    }
    running = next;
    handle.update(topology(next));
    gone.forEach(footage::forget);
  }

  private Topology topology(Map<String, StreamSpec> streams) {
    return new Topology(List.copyOf(streams.values()), folds);
  }

  /**
   * Watches a stream anew, with everything afresh; a stream that is quarantined is given another
   * chance. Returns when that has begun; does nothing for a stream that is not to be watched now.
   */
  public void restart(String stream) {
    synchronized (updating) {
      Map<String, StreamSpec> others = new LinkedHashMap<>(running);
      if (others.remove(stream) == null) {
        return;
      }
      listener.rewatching(stream);
      footage.forget(stream);
      handle.update(topology(others));
      handle.update(topology(running));
      listener.changed(stream);
    }
  }

  private StreamSpec spec(WatchedStream stream) {
    StreamSettings settings = stream.settings();
    return new StreamSpec(
        settings.id(),
        request(settings, settings.url()).withRecorded(recorded).withAddresses(addresses),
        settings
            .reference()
            .map(reference -> request(settings, reference).withAddresses(addresses)),
        settings.renditions(),
        detectors(stream),
        true,
        room.watching(settings));
  }

  private List<DetectorChoice> detectors(WatchedStream stream) {
    PolicyBook.Policy policy = room.policy(stream.settings());
    return stream.part().map(policy::forPart).orElseGet(policy::detectors);
  }

  /** What opens an address of a stream. */
  public static SourceRequest request(StreamSettings settings, String url) {
    SourceRequest plain = SourceRequest.of(url);
    return new SourceRequest(
        plain.uri(),
        plain.rendition(),
        plain.resumeFrom(),
        plain.originMicros(),
        plain.readTimeout(),
        settings.keys(),
        settings.headers(),
        plain.recorded(),
        plain.addresses());
  }

  private TaskProbe probe(TaskId task) {
    TaskWatch watch =
        new TaskWatch(task, metrics.lane(task), clock, () -> listener.changed(task.stream()));
    footage.add(watch);
    return watch;
  }

  private void observed(StreamObservation observation) {
    if (!closed) {
      listener.observed(observation);
    }
  }

  /** How a stream is now. */
  public StreamStatus status(String stream) {
    List<StreamStatus.Rendition> renditions = new ArrayList<>();
    for (TaskWatch watch : footage.of(stream)) {
      if (watch.task().point() == Point.MONITORED) {
        renditions.add(watch.status());
      }
    }
    if (renditions.size() > 1) {
      // The wait for a ladder that could not be read at first is no rendition.
      renditions.removeIf(rendition -> rendition.id() == null);
    }
    if (room.waits(stream)) {
      return StreamStatus.waiting(room.whatIsFull());
    }
    if (!running.containsKey(stream)) {
      return StreamStatus.IDLE;
    }
    Quarantine quarantine = quarantined.get(stream);
    if (quarantine != null) {
      return new StreamStatus(
          State.QUARANTINED,
          Optional.of(quarantine.why()),
          StreamStatus.Closeness.FULL,
          renditions);
    }
    if (renditions.isEmpty()) {
      return new StreamStatus(
          State.STARTING, Optional.empty(), StreamStatus.Closeness.FULL, renditions);
    }
    // The best state that one of them has: a ladder with one rendition on air is on air.
    StreamStatus.Rendition best =
        renditions.stream()
            .min(Comparator.comparingInt(rendition -> rank(rendition.state())))
            .orElseThrow();
    return new StreamStatus(best.state(), best.problem(), room.closeness(stream), renditions);
  }

  private static int rank(State state) {
    return switch (state) {
      case WATCHING -> 0;
      case STARTING -> 1;
      case UNAVAILABLE -> 2;
      case ENDED -> 3;
      case FAILED -> 4;
      case QUARANTINED -> 5;
      case IDLE, WAITING -> 6;
    };
  }

  /** What there is of the latest of each stream. */
  public StreamFootage footage() {
    return footage;
  }

  /** What the process of a stream said when it died for the last time; while it is quarantined. */
  public Optional<String> lastWords(String stream) {
    return Optional.ofNullable(quarantined.get(stream))
        .map(
            quarantine ->
                quarantine.death().child()
                    + ": "
                    + quarantine.death().reason()
                    + "\n"
                    + String.join("\n", quarantine.death().lastWords())
                    + "\n");
  }

  private final class Events implements ProcessEvents {
    @Override
    public void interrupted(Set<String> streams, String why) {
      if (closed) {
        return;
      }
      listener.mishap(why + " (" + String.join(", ", streams) + ")");
      streams.forEach(listener::rewatching);
      streams.forEach(listener::changed);
    }

    @Override
    public void quarantined(String stream, String why, Death death) {
      quarantined.put(stream, new Quarantine(why, death));
      listener.mishap("stream " + stream + " " + why);
      listener.changed(stream);
    }

    @Override
    public void released(String stream) {
      quarantined.remove(stream);
    }
  }

  /** Stops watching. What tasks say while they are stopped is not told: nothing is over. */
  @Override
  public void close() {
    closed = true;
    handle.close();
  }
}
