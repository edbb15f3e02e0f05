package io.aircheck.app.serve.streams;

import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.settings.WatchingMode;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.deploy.WorkerLoad;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How closely each stream is watched: what its policy wants, as far as the machine, or the workers
 * of a cluster, have been measured to have room. Changed by one thread at a time; read by any.
 */
final class WatchRoom {
  private final StreamFootage footage;
  private final Function<List<WatchedStream>, Map<String, Long>> viewers;
  private final Admission admission = new Admission();
  private final CapacityMeter meter = new CapacityMeter();
  private final RecentCosts recent = new RecentCosts();

  private volatile List<WatchedStream> wanted = List.of();
  private volatile PolicyBook policies = PolicyBook.NONE;
  private volatile Map<String, Admission.Place> places = Map.of();
  private volatile CapacityMeter.Usage usage = new CapacityMeter.Usage(0, 0, Map.of());
  private volatile boolean full;
  private volatile double share;

  /** Of a cluster, its workers when last asked; empty: streams run on this machine. */
  private volatile Optional<List<WorkerLoad>> workers = Optional.empty();

  /**
   * @param footage knows the tasks of streams, and when something was suspicious
   * @param viewers how many watch what each stream shows, by its id; those that are not there: none
   * @param share of its cores that may be used until a machine counts as full
   */
  WatchRoom(
      StreamFootage footage,
      Function<List<WatchedStream>, Map<String, Long>> viewers,
      double share) {
    this.footage = footage;
    this.viewers = viewers;
    this.share = share;
  }

  /** So many cores may be used; 0 of a cluster without a worker. */
  double limit() {
    return workers
        .map(all -> all.stream().mapToDouble(this::limit).sum())
        .orElse(share * Runtime.getRuntime().availableProcessors());
  }

  /** So many cores of a worker may be used. */
  double limit(WorkerLoad worker) {
    return share * worker.cores();
  }

  /** This share of the cores may be used from the next measurement on. */
  void share(double ofCores) {
    share = ofCores;
  }

  /** Workers of a cluster when last asked; empty: streams run on this machine. */
  Optional<List<WorkerLoad>> workers() {
    return workers;
  }

  /** These streams are to be watched from now on. */
  void admit(List<WatchedStream> streams, PolicyBook book) {
    wanted = List.copyOf(streams);
    policies = book;
    admission.admit(applicants());
    decide();
  }

  /**
   * Measures what is used, and decides by that; every few seconds.
   *
   * @param loads what workers of a cluster say; empty: streams run on this machine
   */
  void rebalance(long nowMillis, Optional<List<WorkerLoad>> loads) {
    Map<TaskId, Long> spent = new HashMap<>();
    boolean late = false;
    for (TaskWatch watch : footage.all()) {
      late |= watch.late();
      long nanos = watch.processorNanos();
      if (nanos >= 0) {
        spent.put(watch.task(), nanos);
      }
    }
    CapacityMeter.Usage here = meter.measure(spent);
    workers = loads;
    usage = loads.map(CapacityMeter.Usage::of).orElse(here);
    recent.add(nowMillis, usage.byStream());
    admission.rebalance(
        nowMillis, applicants(), new Admission.Load(machines(), late, settledCosts()));
    decide();
  }

  private List<FreeCores.Machine> machines() {
    return workers
        .map(
            all ->
                all.stream()
                    .map(one -> new FreeCores.Machine(one.name(), limit(one), one.usedCores()))
                    .toList())
        .orElse(List.of(new FreeCores.Machine("", limit(), usage.usedCores())));
  }

  private void decide() {
    Map<String, Admission.Place> decided = new LinkedHashMap<>();
    for (WatchedStream stream : wanted) {
      decided.put(stream.id(), admission.place(stream.id()));
    }
    places = decided;
    full = admission.full();
  }

  /** The streams that are to be watched, those that have to wait included. */
  List<WatchedStream> wanted() {
    return wanted;
  }

  /** Where each of them is. */
  Map<String, Admission.Place> places() {
    return places;
  }

  /** Whether a stream has to wait for room. */
  boolean waits(String stream) {
    return places.get(stream) == Admission.Place.WAITING;
  }

  /** How closely a stream is to be watched that does not wait. */
  Watching watching(StreamSettings settings) {
    return new Watching(
        places.get(settings.id()) == Admission.Place.LIGHT, policy(settings).watching().calm());
  }

  /** Whether a new stream would have to wait for room. */
  boolean full() {
    return full;
  }

  /** What is full when there is no room. */
  String whatIsFull() {
    return workers.isPresent() ? "the cluster is full" : "the machine is full";
  }

  /** Why a new stream would have to wait, and what to do; empty when there is room. */
  Optional<String> refusal() {
    if (!full) {
      return Optional.empty();
    }
    return Optional.of(
        workers
            .map(
                all ->
                    "no worker of the cluster has room for another stream: %s"
                            .formatted(
                                all.stream().map(this::inWords).collect(Collectors.joining(", ")))
                        + "; add task managers, remove a stream, or raise capacity.share")
            .orElse("the machine is full; remove a stream, or raise capacity.share"));
  }

  private String inWords(WorkerLoad worker) {
    return String.format(
        Locale.ROOT,
        "%s uses %.2f of %.2f cores",
        worker.name(),
        worker.usedCores(),
        limit(worker));
  }

  /** What was used when last measured. */
  CapacityMeter.Usage usage() {
    return usage;
  }

  /** Cores that a stream has used in the last minute or so; 0 when it was not measured. */
  double recentCores(String stream) {
    return recent.of(stream);
  }

  /** Costs without those of streams that are to be watched lightly and are not, for a suspicion. */
  private Map<String, Double> settledCosts() {
    Map<String, Double> settled = new HashMap<>(usage.byStream());
    settled
        .keySet()
        .removeIf(
            stream ->
                places.get(stream) == Admission.Place.LIGHT
                    && footage.of(stream).size() > 1
                    && footage.of(stream).stream()
                        .noneMatch(one -> one.status().keyPicturesOnly()));
    return settled;
  }

  private List<Admission.Applicant> applicants() {
    List<Admission.Applicant> applicants = new ArrayList<>();
    Map<String, Long> watching = viewers.apply(wanted);
    for (WatchedStream stream : wanted) {
      long suspicious =
          footage.of(stream.id()).stream().mapToLong(TaskWatch::suspiciousMillis).max().orElse(0);
      applicants.add(
          new Admission.Applicant(
              stream.id(),
              mode(stream.settings()),
              stream.settings().priority(),
              watching.getOrDefault(stream.id(), 0L),
              suspicious));
    }
    return applicants;
  }

  /** How closely a stream is watched now, and why. */
  StreamStatus.Closeness closeness(String stream) {
    boolean light = false;
    String why = "";
    for (TaskWatch watch : footage.of(stream)) {
      light |= watch.status().keyPicturesOnly();
      why = why.isEmpty() ? watch.why() : why;
    }
    if (!light || !why.isEmpty()) {
      return new StreamStatus.Closeness(light, why);
    }
    return new StreamStatus.Closeness(true, declaredLight(stream) ? "as declared" : whatIsFull());
  }

  private boolean declaredLight(String stream) {
    return wanted.stream()
        .filter(one -> one.id().equals(stream))
        .anyMatch(one -> mode(one.settings()) == WatchingMode.LIGHT);
  }

  /** What a stream's policy says. */
  PolicyBook.Policy policy(StreamSettings settings) {
    return policies
        .find(settings.policy())
        .orElseThrow(() -> new IllegalStateException("no policy " + settings.policy()));
  }

  private WatchingMode mode(StreamSettings settings) {
    return settings.watching().orElse(policy(settings).watching().mode());
  }
}
