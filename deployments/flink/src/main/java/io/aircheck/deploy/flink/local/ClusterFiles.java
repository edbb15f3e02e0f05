package io.aircheck.deploy.flink.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what the processes of a cluster are set up by. Everything listens on loopback only. */
final class ClusterFiles {
  static final String LOOPBACK = "127.0.0.1";

  /** Ports for metrics beyond the first; some may be taken by others. */
  private static final int MORE_PORTS = 999;

  private static final int MOST_PORT = 65_535;

  private final ClusterFolder folder;
  private final int zookeeperPort;

  ClusterFiles(ClusterFolder folder, int zookeeperPort) {
    this.folder = folder;
    this.zookeeperPort = zookeeperPort;
  }

  Path zookeeper() {
    return folder.configuration().resolve("zoo.cfg");
  }

  void write(ClusterSettings settings) throws IOException {
    Files.writeString(
        zookeeper(),
        """
        tickTime=1000
        dataDir=%s
        clientPort=%d
        clientPortAddress=%s
        admin.enableServer=false
        """
            .formatted(folder.zookeeper(), zookeeperPort, LOOPBACK));
    StringBuilder flink = new StringBuilder();
    flink(settings)
        .forEach((key, value) -> flink.append(key).append(": ").append(value).append('\n'));
    Files.writeString(folder.configuration().resolve("config.yaml"), flink);
  }

  /** Options of Flink, for all processes and for clients. */
  private Map<String, String> flink(ClusterSettings settings) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("jobmanager.rpc.address", LOOPBACK);
    options.put("jobmanager.bind-host", LOOPBACK);
    options.put("taskmanager.host", LOOPBACK);
    options.put("taskmanager.bind-host", LOOPBACK);
    options.put("rest.address", LOOPBACK);
    options.put("rest.bind-address", LOOPBACK);
    options.put("rest.port", Integer.toString(settings.port()));
    // The first job manager has the port that people know; who stands by takes another.
    options.put("rest.bind-port", settings.port() + ",0");
    options.put("high-availability.type", "zookeeper");
    options.put("high-availability.zookeeper.quorum", LOOPBACK + ":" + zookeeperPort);
    options.put("high-availability.zookeeper.path.root", "/aircheck");
    options.put("high-availability.zookeeper.client.session-timeout", "6 s");
    options.put("high-availability.zookeeper.client.connection-timeout", "5 s");
    options.put("high-availability.storageDir", folder.highAvailability().toUri().toString());
    options.put("execution.checkpointing.storage", "filesystem");
    options.put("execution.checkpointing.dir", folder.checkpoints().toUri().toString());
    options.put("state.backend.type", "hashmap");
    // Streams go where there is room, also when there are more task managers than before, or fewer.
    options.put("jobmanager.scheduler", "adaptive");
    options.put("jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout", "2 s");
    options.put("jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling", "5 s");
    options.put("jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout", "2 s");
    options.put("restart-strategy.type", "fixed-delay");
    options.put("restart-strategy.fixed-delay.attempts", Integer.toString(Integer.MAX_VALUE));
    options.put("restart-strategy.fixed-delay.delay", "1 s");
    // A process that was killed is missed within seconds.
    options.put("heartbeat.interval", "2 s");
    options.put("heartbeat.timeout", "10 s");
    options.put("taskmanager.numberOfTaskSlots", "1");
    options.put("taskmanager.cpu.cores", "1");
    settings.metricsPort().ifPresent(port -> metrics(port).forEach(options::put));
    memory(settings).forEach(options::put);
    return options;
  }

  /** The first process takes the first port, the others further ones. */
  private static Map<String, String> metrics(int port) {
    return Map.of(
        "metrics.reporters",
        "prometheus",
        "metrics.reporter.prometheus.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
        "metrics.reporter.prometheus.port",
        port + "-" + Math.min(port + MORE_PORTS, MOST_PORT));
  }

  /** All of it said, since nobody works it out for a process that is started directly. */
  private static Map<String, String> memory(ClusterSettings settings) {
    Map<String, String> memory = new LinkedHashMap<>();
    memory.put("taskmanager.memory.framework.heap.size", "64m");
    memory.put("taskmanager.memory.framework.off-heap.size", "64m");
    memory.put("taskmanager.memory.task.heap.size", settings.taskHeapMegabytes() + "m");
    memory.put("taskmanager.memory.task.off-heap.size", "0");
    memory.put("taskmanager.memory.network.min", "32m");
    memory.put("taskmanager.memory.network.max", "32m");
    memory.put("taskmanager.memory.managed.size", "0");
    memory.put("taskmanager.memory.jvm-metaspace.size", "192m");
    memory.put("taskmanager.memory.jvm-overhead.min", "64m");
    memory.put("taskmanager.memory.jvm-overhead.max", "64m");
    return memory;
  }

  /** What one process logs, in files that do not grow for ever. */
  Path logging(String name) throws IOException {
    Path file = folder.configuration().resolve(name + "-logging.properties");
    Files.writeString(
        file,
        """
        handlers=java.util.logging.FileHandler
        .level=INFO
        java.util.logging.FileHandler.pattern=%s
        java.util.logging.FileHandler.limit=10000000
        java.util.logging.FileHandler.count=3
        java.util.logging.FileHandler.append=true
        java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
        java.util.logging.SimpleFormatter.format=%%1$tFT%%1$tT.%%1$tL %%4$s %%3$s %%5$s%%6$s%%n
        org.apache.flink.runtime.checkpoint.level=WARNING
        org.apache.flink.shaded.zookeeper3.level=WARNING
        org.apache.flink.shaded.curator5.level=WARNING
        """
            .formatted(folder.logs().resolve(name + ".log")));
    return file;
  }
}
