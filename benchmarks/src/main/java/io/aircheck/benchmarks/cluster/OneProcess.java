package io.aircheck.benchmarks.cluster;

import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink clusters in this process that can have as much state as those of several. */
final class OneProcess {
  private OneProcess() {}

  /**
   * A cluster that begins and ends with its job.
   *
   * @param slots tasks beside each other
   * @param checkpoints a folder: in memory, state of more than 5 MB in a task makes checkpoints
   *     fail
   */
  static StreamExecutionEnvironment cluster(int slots, Path checkpoints) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    return StreamExecutionEnvironment.createLocalEnvironment(slots, settings);
  }
}
