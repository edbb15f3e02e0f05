package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream through all its runs: who looks at its tasks, how far its media time has come, and
 * whether it is quarantined. Guarded by the supervisor's lock, but for the probes.
 */
final class SupervisedStream {
  private StreamSpec spec;
  private final ProbeFactory factory;
  private final Consumer<StreamObservation> listener;
  private final Meter meter;

  /** Probes go on when their task is begun anew in another child. */
  private final Map<TaskId, TaskProbe> probes = new ConcurrentHashMap<>();

  private @Nullable Run run;
  private @Nullable ChildLink child;
  private long originMicros;
  private long interruptedNanos;
  private boolean over;
  private @Nullable Finding quarantine;

  SupervisedStream(
      StreamSpec spec, ProbeFactory factory, Consumer<StreamObservation> listener, Meter meter) {
    this.spec = spec;
    this.meter = meter;
    this.factory = factory;
    this.listener = listener;
    this.originMicros = spec.source().originMicros();
  }

  String id() {
    return spec.id();
  }

  StreamSpec spec() {
    return spec;
  }

  /** Watches it more or less closely, without a break. */
  void watch(Watching watching) {
    spec = spec.withWatching(watching);
    if (run != null && child != null) {
      child.watch(run, watching);
    }
  }

  /** Whether it is not in a child yet, and is to be run. */
  boolean isToRunIn(ChildLink wanted) {
    return child != wanted && !over && quarantine == null;
  }

  /** Runs it in a child; media time goes on where it was, by the clock. */
  Run runIn(ChildLink wanted, int number, List<String> folds) {
    abandonRun();
    StreamSpec next = spec.live() ? continued() : spec;
    Run started = new Run(number, next, this::probe, listener, meter);
    run = started;
    child = wanted;
    wanted.start(started, folds);
    return started;
  }

  private StreamSpec continued() {
    long lost = interruptedNanos == 0 ? 0 : (System.nanoTime() - interruptedNanos) / 1000;
    long origin = originMicros + lost;
    return new StreamSpec(
        spec.id(),
        spec.source().withOriginMicros(origin),
        spec.reference().map(reference -> reference.withOriginMicros(origin)),
        spec.renditions(),
        spec.detectors(),
        true,
        spec.watching());
  }

  private TaskProbe probe(TaskId task) {
    return probes.computeIfAbsent(task, factory::probe);
  }

  /** What runs is left behind: what it still says concerns nobody. */
  void abandonRun() {
    if (run != null && child != null) {
      run.abandon();
      child.stop(run);
      remember(run);
    }
    run = null;
    child = null;
  }

  private void remember(Run ending) {
    originMicros = ending.reachedMicros();
    interruptedNanos = System.nanoTime();
  }

  /** Its child is gone. */
  void interrupted(String why) {
    if (run != null) {
      remember(run);
    }
    run = null;
    child = null;
    probes.values().forEach(probe -> probe.unavailable(why));
  }

  /** Stops it in good order; completes when it has stopped. */
  Optional<CompletableFuture<Void>> stop() {
    if (run == null || child == null) {
      return Optional.empty();
    }
    child.stop(run);
    return Optional.of(run.done());
  }

  /**
   * A run is over.
   *
   * @return whether that is the end of the stream
   */
  boolean ended(Run ending) {
    if (run != ending || ending.abandoned()) {
      return false;
    }
    over = true;
    return true;
  }

  boolean isOver() {
    return over;
  }

  void quarantine(String why, int kills) {
    Finding finding =
        new Finding(
            Kinds.STREAM_QUARANTINED + "/1",
            Kinds.STREAM_QUARANTINED,
            originMicros,
            originMicros,
            Severity.ERROR,
            1,
            null,
            null,
            Map.of("kills", (double) kills),
            why);
    quarantine = finding;
    tell(new Observation.Opened(finding));
  }

  /**
   * Ends its quarantine.
   *
   * @return whether there was one
   */
  boolean release() {
    Finding ending = quarantine;
    if (ending == null) {
      return false;
    }
    quarantine = null;
    tell(new Observation.Closed(ending));
    return true;
  }

  private void tell(Observation observation) {
    listener.accept(
        new StreamObservation(
            id(), null, Point.MONITORED, System.currentTimeMillis(), observation));
  }
}
