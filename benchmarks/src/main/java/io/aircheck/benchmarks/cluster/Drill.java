package io.aircheck.benchmarks.cluster;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.deploy.flink.WorkerSetup;
import io.aircheck.deploy.flink.local.ClusterSettings;
import io.aircheck.deploy.flink.local.LocalCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Live streams on a cluster of JVMs on this machine, whose processes are killed. Two job managers,
 * of which one stands by. One thread.
 */
final class Drill implements AutoCloseable {
  private static final int JOB_MANAGERS = 2;
  private static final int TASK_HEAP_MEGABYTES = 384;
  private static final long START_PATIENCE_MILLIS = 180_000;
  private static final long RETURN_PATIENCE_MILLIS = 120_000;

  private final LocalCluster cluster;
  private final Path folder;
  private final int port;
  private final int streams;

  /**
   * How streams came back after a process was killed.
   *
   * @param streams how many of them
   * @param slowestSeconds from the kill until the last of these was watched again
   */
  record Return(int streams, double slowestSeconds) {}

  /**
   * Starts nothing yet.
   *
   * @param folder where the cluster is kept
   * @param streams how many there are, at most 100
   */
  Drill(Path folder, int streams) throws IOException {
    this.cluster = new LocalCluster(folder);
    this.folder = folder;
    this.streams = streams;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** Starts what is missing of a cluster with so many task managers; names of what was started. */
  List<String> settle(int taskManagers) throws IOException, InterruptedException {
    return cluster.start(
        new ClusterSettings(JOB_MANAGERS, taskManagers, TASK_HEAP_MEGABYTES, port));
  }

  /**
   * Watches the streams of an origin as a job of the cluster.
   *
   * @param taskManagers that the job spreads to at most
   */
  Deployment.Handle deploy(
      SteadyOrigin origin,
      List<DetectorChoice> detectors,
      WorkerSetup workers,
      int taskManagers,
      Watched watched)
      throws IOException {
    List<StreamSpec> specs = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      specs.add(
          new StreamSpec(
              SteadyOrigin.id(i),
              SourceRequest.of(origin.address(i)),
              Optional.empty(),
              List.of(),
              detectors,
              true));
    }
    List<String> folds = workers.folds().stream().<String>map(fold -> fold.id()).toList();
    return cluster
        .jobs()
        .deployment(taskManagers, workers, watched)
        .deploy(new Topology(specs, folds), observation -> {});
  }

  /** Waits until each stream has been watched. */
  void awaitAll(Watched watched) throws IOException, InterruptedException {
    if (!watched.await(() -> watched.streams() == streams, START_PATIENCE_MILLIS)) {
      throw new IllegalStateException("only " + watched.streams() + " streams are watched");
    }
  }

  /** Kills a process as {@code kill -9} does, and waits until the streams are watched again. */
  Return kill(String name, Watched watched) throws IOException, InterruptedException {
    ProcessHandle process = cluster.processes().get(name);
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    long moment = System.currentTimeMillis();
    process.destroyForcibly();
    watched.await(() -> watched.againAfter(moment).size() == streams, RETURN_PATIENCE_MILLIS);
    Map<String, Double> again = watched.againAfter(moment);
    return new Return(
        again.size(),
        again.values().stream().max(Comparator.naturalOrder()).orElse(Double.MAX_VALUE));
  }

  /**
   * Which job manager leads, by what they log.
   *
   * @throws IllegalStateException when none of those that run has logged that it does
   */
  String leader() throws IOException {
    String leader = "";
    String latest = "";
    for (String name : cluster.processes().keySet()) {
      Path log = folder.resolve("log").resolve(name + ".log.0");
      if (name.startsWith("jobmanager") && Files.exists(log)) {
        for (String line : Files.readAllLines(log)) {
          if (line.contains("DefaultDispatcherRunner was granted leadership")
              && line.compareTo(latest) > 0) {
            latest = line;
            leader = name;
          }
        }
      }
    }
    if (leader.isEmpty()) {
      throw new IllegalStateException("no job manager says that it leads; see " + folder);
    }
    return leader;
  }

  /**
   * Waits until all task managers run streams, and together all of them.
   *
   * @return whether they do, before patience was at its end
   */
  boolean awaitSpread(int taskManagers, Watched watched) throws IOException, InterruptedException {
    return watched.await(() -> isSpread(taskManagers), START_PATIENCE_MILLIS);
  }

  private boolean isSpread(int taskManagers) throws IOException {
    Map<String, Integer> spread = spread();
    return spread.size() == taskManagers
        && spread.values().stream().mapToInt(Integer::intValue).sum() == streams;
  }

  /** Streams that each task manager runs, by the names of its threads. Linux only. */
  Map<String, Integer> spread() throws IOException {
    Map<String, Integer> spread = new TreeMap<>();
    for (Map.Entry<String, ProcessHandle> process : cluster.processes().entrySet()) {
      if (process.getKey().startsWith("taskmanager")) {
        int count = streamsOf(process.getValue());
        if (count > 0) {
          spread.put(process.getKey(), count);
        }
      }
    }
    return spread;
  }

  private static int streamsOf(ProcessHandle process) throws IOException {
    Set<String> names = new HashSet<>();
    try (var tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path task : tasks.toList()) {
        try {
          String name = Files.readString(task.resolve("comm")).strip();
          if (name.matches("aircheck-s\\d\\d")) {
            names.add(name);
          }
        } catch (IOException ended) {
          // The thread is gone.
        }
      }
    }
    return names.size();
  }

  /** Stops all processes. */
  void stop() throws IOException, InterruptedException {
    cluster.stop();
  }

  /** Ends all processes at once. */
  @Override
  public void close() throws IOException {
    cluster.processes().values().forEach(ProcessHandle::destroyForcibly);
  }
}
