package io.aircheck.deploy.flink.local;

import io.aircheck.deploy.flink.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a cluster keeps everything: how it is set up, which processes it has, what they log and
 * what they remember.
 *
 * @param root absolute
 */
record ClusterFolder(Path root) {
  /** Name of the file that says where the ZooKeeper of the cluster listens. */
  private static final String PORTS = "ports.properties";

  static ClusterFolder of(Path folder) {
    return new ClusterFolder(folder.toAbsolutePath().normalize());
  }

  Path configuration() {
    return root.resolve("conf");
  }

  Path logs() {
    return root.resolve("log");
  }

  Path zookeeper() {
    return root.resolve("zookeeper");
  }

  Path highAvailability() {
    return root.resolve("ha");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  ProcessFolder processes() {
    return new ProcessFolder(root.resolve("run"));
  }

  void create() throws IOException {
    for (Path folder :
        new Path[] {
          configuration(),
          logs(),
          zookeeper(),
          highAvailability(),
          checkpoints(),
          processes().folder()
        }) {
      Files.createDirectories(folder);
    }
  }

  /** Ports that were chosen when the cluster was first started. */
  Optional<Properties> ports() throws IOException {
    Path file = root.resolve(PORTS);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties ports = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      ports.load(in);
    }
    return Optional.of(ports);
  }

  void keepPorts(Properties ports) throws IOException {
    try (var out = Files.newBufferedWriter(root.resolve(PORTS))) {
      ports.store(out, null);
    }
  }
}
