package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.RunningTopology;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs a topology with threads in this process: one platform thread per rendition, because decoding
 * spends its time in native code. Frames stay in memory.
 */
public final class InProcessDeployment implements Deployment {

  /**
   * How to run.
   *
   * @param strict whether views are taken away after each call and a failing detector stops its
   *     stream; for tests
   * @param retry delays between tries of live inputs
   */
  public record Settings(boolean strict, RetryPolicy retry) {
    public static final Settings DEFAULT = new Settings(false, RetryPolicy.DEFAULT);
  }

  private final DetectorCatalog catalog;
  private final Map<String, ObservationFold<?>> folds;
  private final StreamTask.Surroundings surroundings;
  private final Settings settings;
  private final ProbeFactory probes;
  private final TaskKeeper keeper;

  public InProcessDeployment(
      DetectorCatalog catalog,
      List<? extends ObservationFold<?>> folds,
      StreamTask.Surroundings surroundings,
      Settings settings,
      ProbeFactory probes) {
    this(catalog, folds, surroundings, settings, probes, TaskKeeper.NONE);
  }

  /**
   * @param keeper keeps what tasks know; not what folds know, which begin anew
   */
  public InProcessDeployment(
      DetectorCatalog catalog,
      List<? extends ObservationFold<?>> folds,
      StreamTask.Surroundings surroundings,
      Settings settings,
      ProbeFactory probes,
      TaskKeeper keeper) {
    this.catalog = catalog;
    this.folds = new TreeMap<>();
    for (ObservationFold<?> fold : folds) {
      this.folds.put(fold.id(), fold);
    }
    this.surroundings = surroundings;
    this.settings = settings;
    this.probes = probes;
    this.keeper = keeper;
  }

  /** Everything on the class path. */
  public static InProcessDeployment installed(Settings settings, ProbeFactory probes) {
    return new InProcessDeployment(
        DetectorCatalog.installed(),
        installedFolds(),
        StreamTask.Surroundings.installed(),
        settings,
        probes);
  }

  /** The folds on the class path. */
  public static List<ObservationFold<?>> installedFolds() {
    List<ObservationFold<?>> folds = new ArrayList<>();
    for (ObservationFold<?> fold : ServiceLoader.load(ObservationFold.class)) {
      folds.add(fold);
    }
    return folds;
  }

  @Override
  public String id() {
    return "inprocess";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the topology names a detector, option or fold that does
   *     not exist, or two streams alike; nothing has been started then
   */
  @Override
  public Handle deploy(Topology topology, Consumer<StreamObservation> listener) {
    Meter meter = new Meter();
    return deploy(topology, listener, meter, new ProcessMeter(meter)::sample);
  }

  /**
   * The same in a process that somebody else meters: usage is told without processor time and
   * memory. For who deploys one stream after the other, since to look at a process of many threads
   * takes milliseconds.
   *
   * @throws IllegalArgumentException likewise
   */
  public Handle deployInMeteredProcess(Topology topology, Consumer<StreamObservation> listener) {
    return deploy(topology, listener, new Meter(), () -> {});
  }

  private Handle deploy(
      Topology topology, Consumer<StreamObservation> listener, Meter meter, Runnable sampling) {
    RunningTopology running =
        new RunningTopology(wanted -> prepare(wanted, listener, meter), meter, sampling);
    running.update(topology);
    return running;
  }

  /** Runs of the streams of a topology by id, not started yet. */
  private Map<String, StreamRun> prepare(
      Topology topology, Consumer<StreamObservation> listener, Meter meter) {
    List<ObservationFold<?>> chosen = new ArrayList<>();
    for (String id : topology.folds()) {
      ObservationFold<?> fold = folds.get(id);
      if (fold == null) {
        throw new IllegalArgumentException("unknown fold " + id + "; known are " + folds.keySet());
      }
      chosen.add(fold);
    }
    Map<String, StreamRun> runs = new LinkedHashMap<>();
    for (StreamSpec stream : topology.streams()) {
      StreamRun run =
          new StreamRun(
              stream,
              catalog.configure(stream.detectors()),
              chosen,
              surroundings,
              settings,
              probes,
              keeper,
              listener,
              meter);
      if (runs.put(stream.id(), run) != null) {
        throw new IllegalArgumentException("two streams are named " + stream.id());
      }
    }
    return runs;
  }
}
