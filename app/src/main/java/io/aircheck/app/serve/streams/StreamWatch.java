package io.aircheck.app.serve.streams;

import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.settings.WatchingMode;
import io.aircheck.app.serve.streams.StreamStatus.State;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.deploy.isolated.Death;
import io.aircheck.deploy.isolated.ProcessEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Watches the streams of the service, and knows how each of them is. Thread-safe. */
public final class StreamWatch implements AutoCloseable {

  /** Told of what happens to streams; called from several threads, must not block. */
  public interface Listener {
    /** A stream is about to be watched anew: tasks that did so before are about to be stopped. */
    void rewatching(String stream);

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

  private volatile List<WatchedStream> wanted = List.of();
  private volatile PolicyBook policies = PolicyBook.NONE;

  /** Guarded by {@link #updating}, as is the meter. */
  private final Admission admission;

  private final CapacityMeter meter = new CapacityMeter();

  private volatile Map<String, Admission.Place> places = Map.of();
  private volatile boolean full;
  private volatile CapacityMeter.Usage usage = new CapacityMeter.Usage(0, Map.of());
  private volatile Map<String, StreamSpec> running = Map.of();
  private final Map<TaskId, TaskWatch> tasks = new LinkedHashMap<>();
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
   * @param limitCores so many cores may be used until the machine counts as full
   */
  public StreamWatch(
      WatchDeployment where,
      List<String> folds,
      AddressRule addresses,
      MetricRecorder metrics,
      LongSupplier clock,
      Duration recorded,
      double limitCores,
      Listener listener) {
    this.admission = new Admission(limitCores);
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
      wanted = List.copyOf(streams);
      policies = book;
      admission.admit(applicants());
      deploy();
    }
  }

  /** So many cores may be used from now on. */
  public void limit(double cores) {
    synchronized (updating) {
      admission.limit(cores);
    }
  }

  /** Measures what is used, and watches more or less closely by that; every few seconds. */
  public void rebalance() {
    synchronized (updating) {
      if (closed) {
        return;
      }
      Map<TaskId, Long> spent = new HashMap<>();
      boolean late = false;
      for (TaskWatch watch : allWatches()) {
        late |= watch.late();
        long nanos = watch.processorNanos();
        if (nanos >= 0) {
          spent.put(watch.task(), nanos);
        }
      }
      usage = meter.measure(spent);
      admission.rebalance(
          clock.getAsLong(),
          applicants(),
          new Admission.Load(usage.usedCores(), late, settledCosts()));
      deploy();
    }
  }

  /** Costs without those of streams that are to be watched lightly and are not, for a suspicion. */
  private Map<String, Double> settledCosts() {
    Map<String, Double> settled = new HashMap<>(usage.byStream());
    settled
        .keySet()
        .removeIf(
            stream ->
                places.get(stream) == Admission.Place.LIGHT
                    && watches(stream).size() > 1
                    && watches(stream).stream().noneMatch(one -> one.status().keyPicturesOnly()));
    return settled;
  }

  /** Whether a new stream would have to wait for room. */
  public boolean full() {
    return full;
  }

  /** Cores in use when last measured. */
  public double usedCores() {
    return usage.usedCores();
  }

  /** Cores that a stream used when last measured; 0 when it was not. */
  public double usedCores(String stream) {
    return usage.byStream().getOrDefault(stream, 0.0);
  }

  private List<Admission.Applicant> applicants() {
    List<Admission.Applicant> applicants = new ArrayList<>();
    for (WatchedStream stream : wanted) {
      long suspicious =
          watches(stream.id()).stream().mapToLong(TaskWatch::suspiciousMillis).max().orElse(0);
      applicants.add(
          new Admission.Applicant(
              stream.id(), mode(stream.settings()), stream.settings().priority(), suspicious));
    }
    return applicants;
  }

  /** Runs what the admission decided. */
  private void deploy() {
    Map<String, StreamSpec> next = new LinkedHashMap<>();
    Map<String, Admission.Place> decided = new LinkedHashMap<>();
    for (WatchedStream stream : wanted) {
      Admission.Place place = admission.place(stream.id());
      decided.put(stream.id(), place);
      if (place != Admission.Place.WAITING) {
        next.put(stream.id(), spec(stream.settings(), place));
      }
    }
    Map<String, Admission.Place> before = places;
    places = decided;
    full = admission.full();
    if (!next.equals(running)) {
      run(next);
    }
    decided.forEach(
        (stream, place) -> {
          if (place != before.get(stream)) {
            listener.changed(stream);
          }
        });
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
        forget(before.getKey());
      }
    }
    running = next;
    handle.update(topology(next));
    for (String stream : gone) {
      forget(stream);
      listener.unwatched(stream);
    }
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
      forget(stream);
      handle.update(topology(others));
      handle.update(topology(running));
      listener.changed(stream);
    }
  }

  private PolicyBook.Policy policy(StreamSettings settings) {
    return policies
        .find(settings.policy())
        .orElseThrow(() -> new IllegalStateException("no policy " + settings.policy()));
  }

  private StreamSpec spec(StreamSettings settings, Admission.Place place) {
    PolicyBook.Policy policy = policy(settings);
    return new StreamSpec(
        settings.id(),
        request(settings, settings.url()).withRecorded(recorded).withAddresses(addresses),
        settings
            .reference()
            .map(reference -> request(settings, reference).withAddresses(addresses)),
        settings.renditions(),
        policy.detectors(),
        true,
        new Watching(place == Admission.Place.LIGHT, policy.watching().calm()));
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
    synchronized (tasks) {
      tasks.put(task, watch);
    }
    return watch;
  }

  private void forget(String stream) {
    synchronized (tasks) {
      tasks.keySet().removeIf(task -> task.stream().equals(stream));
    }
  }

  private void observed(StreamObservation observation) {
    if (!closed) {
      listener.observed(observation);
    }
  }

  /** How a stream is now. */
  public StreamStatus status(String stream) {
    List<StreamStatus.Rendition> renditions = new ArrayList<>();
    for (TaskWatch watch : watches(stream)) {
      if (watch.task().point() == Point.MONITORED) {
        renditions.add(watch.status());
      }
    }
    if (renditions.size() > 1) {
      // The wait for a ladder that could not be read at first is no rendition.
      renditions.removeIf(rendition -> rendition.id() == null);
    }
    if (places.get(stream) == Admission.Place.WAITING) {
      return StreamStatus.WAITING;
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
    return new StreamStatus(best.state(), best.problem(), closeness(stream), renditions);
  }

  private StreamStatus.Closeness closeness(String stream) {
    boolean light = false;
    String why = "";
    for (TaskWatch watch : watches(stream)) {
      light |= watch.status().keyPicturesOnly();
      why = why.isEmpty() ? watch.why() : why;
    }
    if (!light || !why.isEmpty()) {
      return new StreamStatus.Closeness(light, why);
    }
    return new StreamStatus.Closeness(
        true, declaredLight(stream) ? "as declared" : "the machine is full");
  }

  private boolean declaredLight(String stream) {
    return wanted.stream()
        .filter(one -> one.id().equals(stream))
        .anyMatch(one -> mode(one.settings()) == WatchingMode.LIGHT);
  }

  private WatchingMode mode(StreamSettings settings) {
    return settings.watching().orElse(policy(settings).watching().mode());
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

  /**
   * The latest pictures, oldest first.
   *
   * @param rendition rendition of the ladder; null: the first that has pictures
   */
  public List<Still> stills(String stream, @Nullable String rendition) {
    for (TaskWatch watch : watches(stream)) {
      boolean asked =
          watch.task().point() == Point.MONITORED
              && (rendition == null || rendition.equals(watch.task().rendition()));
      if (asked) {
        List<Still> stills = watch.stills();
        if (!stills.isEmpty()) {
          return stills;
        }
      }
    }
    return List.of();
  }

  /**
   * When the latest finding of a kind began, by the clock of the pictures and clips.
   *
   * @param rendition rendition of the ladder; null: any
   */
  public OptionalLong startMillis(String stream, @Nullable String rendition, String kind) {
    return watches(stream).stream()
        .filter(watch -> watch.task().point() == Point.MONITORED)
        .filter(watch -> rendition == null || rendition.equals(watch.task().rendition()))
        .map(watch -> watch.startMillis(kind))
        .flatMapToLong(OptionalLong::stream)
        .max();
  }

  /**
   * Writes a clip of what was on air around a time.
   *
   * @param rendition rendition of the ladder; null: the first
   * @param fromMillis wall-clock time of its start, or earlier by up to the distance of key frames
   * @param toMillis wall-clock time of its end
   * @return whether there was anything to write
   * @throws IOException when the file cannot be written
   */
  public boolean clip(
      String stream, @Nullable String rendition, long fromMillis, long toMillis, Path file)
      throws IOException {
    for (TaskWatch watch : watches(stream)) {
      boolean asked =
          watch.task().point() == Point.MONITORED
              && (rendition == null || rendition.equals(watch.task().rendition()));
      if (asked && watch.clip(fromMillis, toMillis, file)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The latest requests for playlists and segments, oldest first.
   *
   * @param rendition rendition of the ladder; null: the first that made any
   */
  public List<RequestLog.Exchange> exchanges(String stream, @Nullable String rendition) {
    return watches(stream).stream()
        .filter(watch -> watch.task().point() == Point.MONITORED)
        .filter(watch -> rendition == null || rendition.equals(watch.task().rendition()))
        .map(TaskWatch::exchanges)
        .filter(exchanges -> !exchanges.isEmpty())
        .findFirst()
        .orElse(List.of());
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

  private List<TaskWatch> allWatches() {
    synchronized (tasks) {
      return List.copyOf(tasks.values());
    }
  }

  private List<TaskWatch> watches(String stream) {
    synchronized (tasks) {
      return tasks.values().stream().filter(watch -> watch.task().stream().equals(stream)).toList();
    }
  }

  /** Stops watching. What tasks say while they are stopped is not told: nothing is over. */
  @Override
  public void close() {
    closed = true;
    handle.close();
  }
}
