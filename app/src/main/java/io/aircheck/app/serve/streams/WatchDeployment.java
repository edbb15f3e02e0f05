package io.aircheck.app.serve.streams;

import io.aircheck.app.check.AnalysisDeployment;
import io.aircheck.app.monitor.PacedSources;
import io.aircheck.app.serve.settings.IsolationSettings;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.DeskDeployment;
import io.aircheck.deploy.flink.ProbedTasks;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.isolated.Death;
import io.aircheck.deploy.isolated.IsolatedDeployment;
import io.aircheck.deploy.isolated.JvmLauncher;
import io.aircheck.deploy.isolated.ProcessEvents;
import java.net.InetSocketAddress;
import java.util.List;

/** Where the streams of the service run. The only place of the service that knows. */
@FunctionalInterface
public interface WatchDeployment {

  /**
   * The deployment.
   *
   * @param probes gives each task somebody who looks on
   * @param events told of what befalls streams where they run
   */
  Deployment create(ProbeFactory probes, ProcessEvents events);

  /**
   * The deployment that the settings ask for.
   *
   * @param surroundings what tasks open inputs with, where they run in this process; others have
   *     what is on the class path
   * @param desk where a cluster is told the address at which to ask
   */
  static WatchDeployment of(
      IsolationSettings isolation,
      DetectorCatalog catalog,
      List<ObservationFold<?>> folds,
      StreamTask.Surroundings surroundings,
      ClusterDesk desk) {
    return switch (isolation.mode()) {
      case NONE ->
          (probes, events) ->
              new InProcessDeployment(
                  catalog,
                  folds,
                  paced(surroundings),
                  InProcessDeployment.Settings.DEFAULT,
                  probes);
      case PROCESS ->
          (probes, events) ->
              new IsolatedDeployment(
                  catalog,
                  folds,
                  new JvmLauncher(WatchProcess.class, isolation.heap().bytes()),
                  IsolatedDeployment.Settings.of(isolation.processes()),
                  probes,
                  events);
      case CLUSTER ->
          (probes, events) ->
              new DeskDeployment(
                  new ClusterWorkers(true),
                  new InetSocketAddress(isolation.address(), isolation.port()),
                  desk.secret(),
                  // The service makes incidents itself, where people work with them.
                  new ProbedTasks(probes, change -> {}),
                  desk::keep);
    };
  }

  /**
   * Where inputs are analysed once, to the end or at a glance. In a process of its own for each
   * where the settings isolate streams: inputs that nobody has seen before are the likeliest to
   * crash a decoder.
   */
  static AnalysisDeployment ofAnalyses(
      IsolationSettings isolation,
      DetectorCatalog catalog,
      List<ObservationFold<?>> folds,
      MediaSources sources) {
    return switch (isolation.mode()) {
      case NONE -> AnalysisDeployment.here(catalog, folds, sources);
      case PROCESS, CLUSTER ->
          (probes, lost) ->
              new IsolatedDeployment(
                  catalog,
                  folds,
                  new JvmLauncher(AnalysisProcess.class, isolation.heap().bytes()),
                  IsolatedDeployment.Settings.once(),
                  probes,
                  new ProcessEvents() {
                    @Override
                    public void quarantined(String stream, String why, Death death) {
                      lost.accept("it crashes the decoder: its process was " + death.reason());
                    }
                  });
    };
  }

  /** Finite inputs are played at the speed of a viewer. */
  static StreamTask.Surroundings paced(StreamTask.Surroundings surroundings) {
    return surroundings.withSources(new PacedSources(surroundings.sources(), surroundings.clock()));
  }
}
