package io.aircheck.app.check;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.ProbeFactory;
import java.util.List;
import java.util.function.Consumer;

/** Where inputs are analysed. */
@FunctionalInterface
public interface AnalysisDeployment {

  /**
   * A deployment for one analysis.
   *
   * @param probes gives each task somebody who looks on
   * @param lost told in one line, when the place where it ran is gone and the analysis with it
   */
  Deployment create(ProbeFactory probes, Consumer<String> lost);

  /** In this process, which is lost as a whole. */
  static AnalysisDeployment here(
      DetectorCatalog catalog, List<ObservationFold<?>> folds, MediaSources sources) {
    return (probes, lost) ->
        new InProcessDeployment(
            catalog,
            folds,
            StreamTask.Surroundings.installed().withSources(sources),
            InProcessDeployment.Settings.DEFAULT,
            probes);
  }
}
