package io.aircheck.deploy.flink.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.TreeMap;

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

  private Path processes() {
    return root.resolve("run");
  }

  void create() throws IOException {
    for (Path folder :
        new Path[] {
          configuration(), logs(), zookeeper(), highAvailability(), checkpoints(), processes()
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

  /** Remembers a process by the name of its place in the cluster. */
  void started(String name, ProcessHandle process) throws IOException {
    Files.writeString(processes().resolve(name), mark(process), StandardCharsets.US_ASCII);
  }

  void ended(String name) throws IOException {
    Files.deleteIfExists(processes().resolve(name));
  }

  /** Processes that are alive, by the name of their place, in order. */
  SequencedMap<String, ProcessHandle> alive() throws IOException {
    SequencedMap<String, ProcessHandle> alive = new TreeMap<>();
    if (!Files.isDirectory(processes())) {
      return alive;
    }
    try (var files = Files.list(processes())) {
      for (Path file : files.toList()) {
        String mark = Files.readString(file, StandardCharsets.US_ASCII);
        find(mark).ifPresent(process -> alive.put(file.getFileName().toString(), process));
      }
    }
    return alive;
  }

  /** A number alone may belong to another process by now. */
  private static Optional<ProcessHandle> find(String mark) {
    long pid = Long.parseLong(mark.substring(0, mark.indexOf(' ')));
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> mark(process).equals(mark));
  }

  private static String mark(ProcessHandle process) {
    return process.pid()
        + " "
        + process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
