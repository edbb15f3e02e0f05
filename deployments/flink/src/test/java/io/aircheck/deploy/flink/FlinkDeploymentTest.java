package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.testkit.DeploymentContract;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;

/** Each topology is a job in a cluster of its own inside this JVM. */
@Tag("slow")
class FlinkDeploymentTest extends DeploymentContract {
  @Override
  protected Deployment deployment(DetectorCatalog catalog, MediaSources sources) {
    return new FlinkDeployment(
        () -> StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration()),
        SharedSetup.of(catalog, surroundings(sources)),
        new FlinkDeployment.Settings(Duration.ofMillis(100), Duration.ofMillis(50)),
        JobListener.NONE);
  }
}
