package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.testkit.DeploymentContract;
import java.time.Duration;
import java.util.List;

class ServerlessDeploymentTest extends DeploymentContract {
  /** Two pictures: what is found is found over many segments. */
  private static final ServerlessDeployment.Settings SETTINGS =
      new ServerlessDeployment.Settings(
          Duration.ofMillis(80), Duration.ZERO, 1_769, Duration.ofMillis(1));

  @Override
  protected Deployment deployment(DetectorCatalog catalog, MediaSources sources) {
    return new ServerlessDeployment(
        new Parts(catalog, List.of(), Parts.installed().rules(), surroundings(sources)),
        new MemoryObjects(),
        Teller.nobody(),
        SETTINGS);
  }
}
