package io.aircheck.deploy.flink.local;

import io.aircheck.deploy.flink.ActorTicks;
import io.aircheck.deploy.flink.ClusterPart;
import io.aircheck.deploy.flink.FlinkJobs;
import io.aircheck.deploy.flink.ProcessFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer;

/**
 * A cluster of JVMs on this machine: ZooKeeper, job managers of which one leads, task managers.
 * They outlive the process that starts them. What they are and remember is in one folder.
 */
public final class LocalCluster {
  private static final String ZOOKEEPER = ClusterPart.ZOOKEEPER.word();
  private static final String JOB_MANAGER = ClusterPart.JOBMANAGER.word() + "-";
  private static final String TASK_MANAGER = ClusterPart.TASKMANAGER.word() + "-";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
  private static final long LOOK_MILLIS = 200;

  private static final int JOB_MANAGER_HEAP = 256;
  private static final int ZOOKEEPER_HEAP = 64;

  private final ClusterFolder folder;

  /**
   * @param folder where everything is kept; need not exist
   */
  public LocalCluster(Path folder) {
    this.folder = ClusterFolder.of(folder);
  }

  /**
   * Starts what is not running yet, and waits until a job manager leads and knows all task
   * managers. A cluster that has lost processes gets them again; one that is to be larger grows.
   *
   * @return names of the processes that were started
   * @throws IOException with what to do, when the cluster does not start
   */
  public List<String> start(ClusterSettings settings) throws IOException, InterruptedException {
    folder.create();
    Properties ports = ports(settings);
    int zookeeperPort = Integer.parseInt(ports.getProperty(ZOOKEEPER));
    ClusterFiles files = new ClusterFiles(folder, zookeeperPort);
    files.write(settings);
    SequencedMap<String, ProcessHandle> alive = folder.processes().alive();
    List<String> started = new ArrayList<>();
    if (!alive.containsKey(ZOOKEEPER)) {
      ProcessHandle process =
          jvm(
              files,
              ZOOKEEPER,
              ZOOKEEPER_HEAP,
              FlinkZooKeeperQuorumPeer.class,
              "--zkConfigFile",
              files.zookeeper().toString(),
              "--peerId",
              "1");
      started.add(ZOOKEEPER);
      awaitListening(process, zookeeperPort);
    }
    String configuration = folder.configuration().toString();
    for (int i = 1; i <= settings.jobManagers(); i++) {
      String name = JOB_MANAGER + i;
      if (!alive.containsKey(name)) {
        jvm(
            files,
            name,
            JOB_MANAGER_HEAP,
            StandaloneSessionClusterEntrypoint.class,
            "--configDir",
            configuration);
        started.add(name);
      }
    }
    for (int i = 1; i <= settings.taskManagers(); i++) {
      String name = TASK_MANAGER + i;
      if (!alive.containsKey(name)) {
        // Direct memory and metaspace have bounds of their own.
        jvm(
            files,
            name,
            settings.taskHeapMegabytes() + 64,
            TaskManagerRunner.class,
            "--configDir",
            configuration);
        started.add(name);
      }
    }
    awaitTaskManagers(settings.taskManagers(), started);
    return started;
  }

  private void awaitTaskManagers(int count, List<String> started)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    FlinkJobs jobs = jobs();
    while (true) {
      try {
        if (jobs.taskManagers() >= count) {
          return;
        }
        if (System.nanoTime() > deadline) {
          throw new IOException("not all task managers have come up; see " + folder.logs());
        }
      } catch (IOException e) {
        boolean died = !folder.processes().alive().keySet().containsAll(started);
        if (died || System.nanoTime() > deadline) {
          throw new IOException(
              "the cluster does not come up (%s); see %s".formatted(e.getMessage(), folder.logs()),
              e);
        }
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private Properties ports(ClusterSettings settings) throws IOException {
    Properties known = folder.ports().orElse(null);
    if (known != null) {
      return known;
    }
    if (isTaken(settings.port())) {
      throw new IOException(
          "port " + settings.port() + " is taken; name another one for the cluster");
    }
    Properties chosen = new Properties();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      chosen.setProperty(ZOOKEEPER, Integer.toString(free.getLocalPort()));
    }
    folder.keepPorts(chosen);
    return chosen;
  }

  private static boolean isTaken(int port) {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return !free.isBound();
    } catch (IOException e) {
      return true;
    }
  }

  private void awaitListening(ProcessHandle process, int port)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException(
              "ZooKeeper does not start; its last words are in "
                  + folder.logs().resolve(ZOOKEEPER + ".out"),
              e);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
    throw new IOException("ZooKeeper does not listen on port " + port);
  }

  /** Starts a JVM with the class path of this one, which outlives it. */
  private ProcessHandle jvm(
      ClusterFiles files, String name, int heapMegabytes, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    Path apart = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(apart)) {
      // In a session of its own: what ends a terminal must not end the cluster.
      command.add(apart.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-D" + ActorTicks.PROPERTY + "=" + ActorTicks.VALUE);
    command.add("-D" + ProcessFolder.PROPERTY + "=" + folder.processes().folder());
    command.add("-Djava.util.logging.config.file=" + files.logging(name));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.logs().resolve(name + ".out").toFile());
    Process process = builder.start();
    folder.processes().started(name, process.toHandle());
    return process.toHandle();
  }

  /** Processes that are alive, by their names. */
  public Map<String, ProcessHandle> processes() throws IOException {
    return folder.processes().alive();
  }

  /** Whether there is a cluster in the folder, running or not. */
  public boolean exists() throws IOException {
    return folder.ports().isPresent();
  }

  /**
   * Its jobs.
   *
   * @throws IOException when there is no cluster
   */
  public FlinkJobs jobs() throws IOException {
    if (!exists()) {
      throw new IOException("there is no cluster in " + folder.root());
    }
    Configuration configuration =
        GlobalConfiguration.loadConfiguration(folder.configuration().toString());
    configuration.setString("execution.target", "remote");
    configuration.setString("execution.attached", "false");
    return new FlinkJobs(configuration);
  }

  /**
   * Stops all processes: task managers first, ZooKeeper last. What they remember stays: jobs go on
   * when the cluster is started again.
   *
   * @return names of the processes that were stopped
   */
  public List<String> stop() throws IOException, InterruptedException {
    SequencedMap<String, ProcessHandle> alive = folder.processes().alive();
    List<String> stopped = new ArrayList<>();
    for (String kind : List.of(TASK_MANAGER, JOB_MANAGER, ZOOKEEPER)) {
      List<ProcessHandle> ending = new ArrayList<>();
      for (Map.Entry<String, ProcessHandle> entry : alive.entrySet()) {
        if (entry.getKey().startsWith(kind)) {
          entry.getValue().destroy();
          ending.add(entry.getValue());
          stopped.add(entry.getKey());
        }
      }
      for (ProcessHandle process : ending) {
        awaitEnd(process);
      }
    }
    for (String name : stopped) {
      folder.processes().ended(name);
    }
    return stopped;
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process does not fail", e);
    }
  }
}
