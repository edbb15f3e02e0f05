package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.testkit.DeploymentContract;
import io.aircheck.testkit.FakeClock;
import java.util.List;
import java.util.Random;

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
                    new StreamTask.Surroundings(
                        sources,
                        PictureAnalyzers.installed(),
                        SoundAnalyzers.installed(),
                        new FakeClock(),
                        new Random(1)),
                    new InProcessDeployment.Settings(true, RetryPolicy.DEFAULT),
                    () -> StillMaker.NONE)),
        IsolatedDeployment.Settings.of(2),
        ProbeFactory.NONE,
        ProcessEvents.NONE);
  }
}
