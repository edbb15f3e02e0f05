package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.testkit.DeploymentContract;
import java.util.List;

class InProcessDeploymentTest extends DeploymentContract {
  @Override
  protected Deployment deployment(DetectorCatalog catalog, MediaSources sources) {
    return new InProcessDeployment(
        catalog,
        List.of(),
        surroundings(sources),
        new InProcessDeployment.Settings(true, RetryPolicy.DEFAULT),
        ProbeFactory.NONE);
  }
}
