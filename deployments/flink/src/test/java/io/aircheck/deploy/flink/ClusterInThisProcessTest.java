package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.junit.jupiter.api.Test;

class ClusterInThisProcessTest {
  @Test
  void close_afterCheckpointsWereWritten_leavesNothingBehind() throws Exception {
    Path checkpoints;
    try (ClusterInThisProcess cluster = new ClusterInThisProcess(1)) {
      checkpoints =
          Path.of(
              URI.create(
                  cluster
                      .environment()
                      .getConfiguration()
                      .get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)));
      assertThat(checkpoints).isDirectory();
      Files.writeString(Files.createDirectory(checkpoints.resolve("job")).resolve("chk-1"), "one");
    }

    assertThat(checkpoints).doesNotExist();
  }
}
