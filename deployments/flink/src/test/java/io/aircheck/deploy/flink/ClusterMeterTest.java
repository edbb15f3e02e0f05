package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterMeterTest {
  @TempDir private Path folder;

  /** A process that ends with the one that has started it. */
  static final class Waiting {
    public static void main(String[] arguments) throws IOException {
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    }
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Waiting.class.getName())
        .start();
  }

  @Test
  void sample_clusterElsewhere_isThisProcessAlone() throws IOException {
    ClusterMeter meter = new ClusterMeter(Optional.empty());

    ProcessUsage first = meter.sample().getFirst();
    List<ProcessUsage> later = meter.sample();

    assertThat(later).hasSize(1);
    assertThat(later.getFirst().meter()).isEqualTo(first.meter());
    assertThat(later.getFirst().part()).isEqualTo(ClusterPart.JOBMANAGER);
    assertThat(later.getFirst().memoryGbSeconds()).isGreaterThan(first.memoryGbSeconds());
  }

  @Test
  void sample_clusterOnThisMachine_isWhatStandsByToo() throws Exception {
    ProcessFolder processes = new ProcessFolder(folder);
    ClusterMeter meter = new ClusterMeter(Optional.of(processes));
    Process standby = start();
    Process zookeeper = start();
    Process worker = start();
    try {
      processes.started("jobmanager-1", ProcessHandle.current());
      processes.started("jobmanager-2", standby.toHandle());
      processes.started("zookeeper", zookeeper.toHandle());
      processes.started("taskmanager-1", worker.toHandle());
      Files.writeString(folder.resolve("jobmanager-3"), "12");

      assertThat(meter.sample())
          .extracting(ProcessUsage::pid)
          .containsExactlyInAnyOrder(ProcessHandle.current().pid(), standby.pid(), zookeeper.pid());
      standby.destroyForcibly().waitFor();

      assertThat(meter.sample())
          .extracting(ProcessUsage::part)
          .containsExactlyInAnyOrder(ClusterPart.JOBMANAGER, ClusterPart.ZOOKEEPER);
    } finally {
      standby.destroyForcibly();
      zookeeper.destroyForcibly();
      worker.destroyForcibly();
    }
  }

  @Test
  void sample_whoLeadsNext_metersAnew() throws IOException {
    ProcessUsage before = new ClusterMeter(Optional.empty()).sample().getFirst();

    ProcessUsage next = new ClusterMeter(Optional.empty()).sample().getFirst();

    assertThat(next.meter()).isNotEqualTo(before.meter());
    assertThat(next.teller()).isEqualTo(before.teller());
  }
}
