package io.aircheck.deploy.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.testkit.DeploymentContract;
import io.aircheck.testkit.FakeSources;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessDeploymentTest extends DeploymentContract {
  @Override
  protected InProcessDeployment deployment(DetectorCatalog catalog, MediaSources sources) {
    return new InProcessDeployment(
        catalog,
        List.of(),
        surroundings(sources),
        new InProcessDeployment.Settings(true, RetryPolicy.DEFAULT),
        ProbeFactory.NONE);
  }

  @Test
  void deployInMeteredProcess_tellsNothingOfTheProcess() {
    InProcessDeployment deployment = deployment(new DetectorCatalog(List.of()), new FakeSources());
    Topology nothing = new Topology(List.of(), List.of());

    try (Deployment.Handle part = deployment.deployInMeteredProcess(nothing, observation -> {})) {
      assertThat(part.usage()).isEqualTo(Usage.NONE);
    }
  }
}
