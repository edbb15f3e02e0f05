package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.testkit.DeploymentContract;
import java.util.List;

class IsolatedDeploymentTest extends DeploymentContract {
  @Override
  protected Deployment deployment(DetectorCatalog catalog, MediaSources sources) {
    return new IsolatedDeployment(
        catalog,
        List.of(),
        new ThreadChildren(
            () ->
                new Child(
                    catalog,
                    List.of(),
                    surroundings(sources),
                    new InProcessDeployment.Settings(true, RetryPolicy.DEFAULT),
                    () -> StillMaker.NONE)),
        IsolatedDeployment.Settings.of(2),
        ProbeFactory.NONE,
        ProcessEvents.NONE);
  }
}
