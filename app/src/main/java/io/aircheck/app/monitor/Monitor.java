package io.aircheck.app.monitor;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.incidents.IncidentFold;
import io.aircheck.incidents.IncidentState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches inputs until stopped, and tells of each opening and closing. Thread-safe. */
public final class Monitor implements AutoCloseable {

  /**
   * An input to watch.
   *
   * @param source what to open
   * @param reference a second point of the same programme, or empty
   */
  public record Input(SourceRequest source, Optional<SourceRequest> reference) {}

  private final MonitorLog log;
  private final Consumer<String> notices;
  private final Map<String, String> names = new HashMap<>();
  private final IncidentFold incidentFold = new IncidentFold();
  private final Map<String, IncidentState> incidents = new HashMap<>();

  /** Findings that are open and were to be expected so far. */
  private final Set<List<String>> expected = new HashSet<>();

  private final Set<TaskId> unavailable = new HashSet<>();
  private final Deployment.Handle handle;

  /** Pictures not looked at, by task. */
  private final Map<TaskId, Long> skipped = new HashMap<>();

  /**
   * Starts watching. Finite inputs are played once at the speed of a viewer.
   *
   * @param renditions renditions of ladders to watch; empty: all
   * @param notices told one line about each input that is lost or comes back
   */
  public Monitor(
      DetectorCatalog catalog,
      List<ObservationFold<?>> folds,
      StreamTask.Surroundings surroundings,
      List<Input> inputs,
      List<String> renditions,
      List<DetectorChoice> detectors,
      MonitorLog log,
      Consumer<String> notices) {
    this.log = log;
    this.notices = notices;
    List<StreamSpec> streams = new ArrayList<>();
    for (Input input : inputs) {
      String id = Integer.toString(streams.size() + 1);
      names.put(id, SafeUri.redact(input.source().uri()));
      streams.add(
          new StreamSpec(id, input.source(), input.reference(), renditions, detectors, true));
    }
    StreamTask.Surroundings paced =
        surroundings.withSources(new PacedSources(surroundings.sources(), surroundings.clock()));
    handle =
        new InProcessDeployment(
                catalog, folds, paced, InProcessDeployment.Settings.DEFAULT, Probe::new)
            .deploy(
                new Topology(streams, folds.stream().map(ObservationFold::id).toList()),
                this::observe);
  }

  /** Completes when all inputs have ended; live ones do not. */
  public CompletionStage<Void> done() {
    return handle.done();
  }

  private synchronized void observe(StreamObservation observation) {
    if (observation.point() != Point.MONITORED) {
      return;
    }
    String name = names.getOrDefault(observation.stream(), observation.stream());
    long wallClock = observation.wallClockMillis();
    switch (observation.observation()) {
      case Observation.Opened opened -> {
        log.line(name, true, wallClock, opened.finding());
        if (opened.finding().expected()) {
          expected.add(key(name, opened.finding()));
        }
      }
      case Observation.Closed closed -> {
        log.line(name, false, wallClock, closed.finding());
        expected.remove(key(name, closed.finding()));
      }
      case Observation.Updated updated -> {
        // What was to be expected has lasted for too long: now it is a defect.
        Finding finding = updated.finding();
        if (!finding.expected() && expected.remove(key(name, finding))) {
          log.line(name, true, wallClock, finding);
        }
      }
      case Observation.Fingerprinted fingerprinted -> {
        return;
      }
    }
    String stream = observation.stream();
    IncidentState state = incidents.getOrDefault(stream, incidentFold.initial(stream));
    Step<IncidentState, IncidentChange> step =
        incidentFold.apply(state, new IncidentInput.Observed(observation, IncidentPolicy.DEFAULT));
    incidents.put(stream, step.state());
  }

  private static List<String> key(String name, Finding finding) {
    return List.of(name, String.valueOf(finding.rendition()), finding.id());
  }

  /** How things stand, in one line. */
  public synchronized String status() {
    long open = openIncidents();
    String text =
        names.size()
            + (names.size() == 1 ? " input, " : " inputs, ")
            + open
            + (open == 1 ? " incident open" : " incidents open");
    if (!unavailable.isEmpty()) {
      text += ", " + unavailable.size() + " unavailable";
    }
    long skippedFrames = skipped.values().stream().mapToLong(Long::longValue).sum();
    if (skippedFrames > 0) {
      text += ", " + skippedFrames + " pictures not looked at";
    }
    return text;
  }

  private long openIncidents() {
    return incidents.values().stream()
        .flatMap(state -> state.active().stream())
        .filter(active -> active.incident().state() == Incident.State.OPEN)
        .count();
  }

  /** Stops watching; what is open is closed and told. */
  @Override
  public void close() {
    handle.close();
  }

  private synchronized void lost(TaskId task, String reason) {
    if (unavailable.add(task)) {
      notices.accept(named(task, reason) + "; trying again");
    }
  }

  private synchronized void found(TaskId task) {
    if (unavailable.remove(task)) {
      notices.accept(label(task) + ": is back");
    }
  }

  private synchronized void ended(
      TaskId task, TaskStatistics statistics, @Nullable MediaException failure) {
    unavailable.remove(task);
    skipped.put(task, statistics.skippedFrames());
    if (failure != null) {
      notices.accept(named(task, String.valueOf(failure.getMessage())));
    }
  }

  private synchronized void shedding(
      TaskId task, int stride, double behindSeconds, long skippedFrames) {
    skipped.put(task, skippedFrames);
    notices.accept(
        label(task)
            + ": "
            + (behindSeconds > 0
                ? String.format(
                    Locale.ROOT,
                    "this machine is too slow (%.1f s behind); looking at one of %d pictures",
                    behindSeconds,
                    stride)
                : stride > 1
                    ? "keeps up; looking at one of %d pictures".formatted(stride)
                    : "keeps up again; %d pictures were not looked at".formatted(skippedFrames)));
  }

  /** Most reasons begin with the input: it is not said twice. */
  private String named(TaskId task, String reason) {
    String name = names.getOrDefault(task.stream(), task.stream());
    return task.rendition() == null && reason.startsWith(name)
        ? reason
        : label(task) + ": " + reason;
  }

  private String label(TaskId task) {
    String name = names.getOrDefault(task.stream(), task.stream());
    return name
        + (task.rendition() == null ? "" : " [" + task.rendition() + "]")
        + (task.point() == Point.REFERENCE ? " [reference]" : "");
  }

  private final class Probe implements TaskProbe {
    private final TaskId id;

    Probe(TaskId id) {
      this.id = id;
    }

    @Override
    public void configured(MediaInfo info) {
      found(id);
    }

    @Override
    public void unavailable(String reason) {
      lost(id, reason);
    }

    @Override
    public void ended(TaskStatistics statistics, @Nullable MediaException failure) {
      Monitor.this.ended(id, statistics, failure);
    }

    @Override
    public void shedding(int stride, double behindSeconds, long skippedFrames) {
      Monitor.this.shedding(id, stride, behindSeconds, skippedFrames);
    }
  }
}
