package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * A cluster inside this process, for one job, with which it begins and ends. Its checkpoints are in
 * a temporary folder: in memory, where Flink has them if nothing is said, a task may have 5 MB of
 * them, which are some twenty streams with all detectors, and each is copied several times.
 */
final class ClusterInThisProcess implements JobCluster {
  private static final Logger LOGGER = System.getLogger(ClusterInThisProcess.class.getName());

  private final Path checkpoints;
  private final StreamExecutionEnvironment environment;

  /**
   * @param slots readers
   * @throws UncheckedIOException when there is no room for checkpoints
   */
  ClusterInThisProcess(int slots) {
    try {
      checkpoints = Files.createTempDirectory("aircheck-checkpoints");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for checkpoints: " + e.getMessage(), e);
    }
    ActorTicks.set();
    Configuration settings =
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem")
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    environment = StreamExecutionEnvironment.createLocalEnvironment(slots, settings);
  }

  @Override
  public StreamExecutionEnvironment environment() {
    return environment;
  }

  @Override
  public void close() {
    try {
      FileUtils.deleteDirectory(checkpoints.toFile());
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "checkpoints are left in " + checkpoints, e);
    }
  }
}
