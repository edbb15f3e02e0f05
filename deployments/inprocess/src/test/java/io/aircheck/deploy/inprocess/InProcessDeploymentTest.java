package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import io.aircheck.testkit.DeploymentContract;
import io.aircheck.testkit.FakeClock;
import java.util.List;
import java.util.Random;

class InProcessDeploymentTest extends DeploymentContract {
  @Override
  protected Deployment deployment(DetectorCatalog catalog, MediaSources sources) {
    return new InProcessDeployment(
        catalog,
        List.of(),
        new StreamTask.Surroundings(
            sources,
            PictureAnalyzers.installed(),
            SoundAnalyzers.installed(),
            new FakeClock(),
            new Random(1)),
        new InProcessDeployment.Settings(true, RetryPolicy.DEFAULT),
        ProbeFactory.NONE);
  }
}
