package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.deploy.inprocess.ProbeFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Runs a topology in a few supervised children. One that dies takes down its share of the streams
 * for seconds; the stream that kills it repeatedly is quarantined; everything else goes on.
 * Pictures and sound stay in the children, observations and evidence come out.
 */
public final class IsolatedDeployment implements Deployment {

  /**
   * How to run.
   *
   * @param processes children that share the streams
   * @param strikes deaths to blame on a stream until it is quarantined
   * @param window after how long without another a death is forgotten
   * @param firstDelay before a child is started again; doubled with every further death
   * @param longestDelay that is not exceeded
   * @param patience after how long without a word a child is killed
   */
  public record Settings(
      int processes,
      int strikes,
      Duration window,
      Duration firstDelay,
      Duration longestDelay,
      Duration patience) {

    /** The usual patience with so many processes. */
    public static Settings of(int processes) {
      return new Settings(
          processes,
          3,
          Duration.ofMinutes(10),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));
    }

    /** One process, and no second chance for what kills it. */
    public static Settings once() {
      Settings usual = of(1);
      return new Settings(1, 1, usual.window, usual.firstDelay, usual.longestDelay, usual.patience);
    }

    Placement.Rules rules() {
      return new Placement.Rules(
          processes, strikes, window.toMillis(), firstDelay.toMillis(), longestDelay.toMillis());
    }

    int silentTicks(long tickMillis) {
      return Math.toIntExact(patience.toMillis() / tickMillis);
    }
  }

  private final DetectorCatalog catalog;
  private final Set<String> folds;
  private final ChildLauncher launcher;
  private final Settings settings;
  private final ProbeFactory probes;
  private final ProcessEvents events;

  /**
   * @param catalog detectors that the children have
   * @param folds folds that the children have
   * @param probes asked once for each task of a stream, and not again when the task goes on in
   *     another child
   */
  public IsolatedDeployment(
      DetectorCatalog catalog,
      List<? extends ObservationFold<?>> folds,
      ChildLauncher launcher,
      Settings settings,
      ProbeFactory probes,
      ProcessEvents events) {
    this.catalog = catalog;
    this.folds = new TreeSet<>(folds.stream().map(ObservationFold::id).toList());
    this.launcher = launcher;
    this.settings = settings;
    this.probes = probes;
    this.events = events;
  }

  @Override
  public String id() {
    return "isolated";
  }

  @Override
  public Handle deploy(Topology topology, Consumer<StreamObservation> listener) {
    check(topology);
    Supervisor supervisor = new Supervisor(this, listener);
    supervisor.update(topology);
    return supervisor;
  }

  /**
   * The streams of a topology by id.
   *
   * @throws IllegalArgumentException when it names something that does not exist, or two streams
   *     alike
   */
  Map<String, StreamSpec> check(Topology topology) {
    for (String fold : topology.folds()) {
      if (!folds.contains(fold)) {
        throw new IllegalArgumentException("unknown fold " + fold + "; known are " + folds);
      }
    }
    Map<String, StreamSpec> streams = new LinkedHashMap<>();
    for (StreamSpec stream : topology.streams()) {
      catalog.configure(stream.detectors());
      if (streams.put(stream.id(), stream) != null) {
        throw new IllegalArgumentException("two streams are named " + stream.id());
      }
    }
    return streams;
  }

  ChildLauncher launcher() {
    return launcher;
  }

  Settings settings() {
    return settings;
  }

  ProbeFactory probes() {
    return probes;
  }

  ProcessEvents events() {
    return events;
  }
}
