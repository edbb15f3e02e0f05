package io.aircheck.benchmarks.cluster;

import io.aircheck.benchmarks.origin.Programme;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.deploy.flink.WorkerSetup;
import io.aircheck.deploy.flink.local.ClusterSettings;
import io.aircheck.deploy.flink.local.LocalCluster;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.faults.scene.Scene;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Are streams watched again, and incidents neither lost nor doubled, when processes of a cluster
 * are killed? Does work go where there is room when there are more of them? Runs many small live
 * streams on a cluster of JVMs on this machine: once undisturbed, once with a task manager and the
 * leading job manager killed at random moments, once from one task manager to three. Ends with
 * status 1 when a goal is missed.
 *
 * <p>{@code ClusterDrill [STREAMS [SECONDS [SEED]]]}, SECONDS for each of the first two runs; 0:
 * without them.
 */
public final class ClusterDrill {
  private static final double WATCHED_AGAIN_SECONDS = 30;
  private static final long STEP_MILLIS = 500;
  private static final int TASK_MANAGERS = 3;

  /** Two minutes of a small programme with two faults, longer than detectors hold back. */
  private static final Programme.Recipe RECIPE =
      new Programme.Recipe(
          new Scene.Format(160, 96, 10, 1),
          80_000,
          60,
          List.of(
              new Programme.Fault(Programme.BLACK, 20_000, 28_000),
              new Programme.Fault(Programme.SILENCE, 80_000, 88_000)));

  /** Incidents close a minute after their faults. */
  private static final long CLOSING_MILLIS = 110_000;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Logger LIBRARIES = Logger.getLogger("");

  private final LocalCluster cluster;
  private final Path folder;
  private final int port;
  private final int streams;
  private final Programme programme;
  private final Random random;
  private boolean good = true;

  private ClusterDrill(Path folder, int port, int streams, Programme programme, Random random) {
    this.cluster = new LocalCluster(folder);
    this.folder = folder;
    this.port = port;
    this.streams = streams;
    this.programme = programme;
    this.random = random;
  }

  /** Runs all. */
  public static void main(String[] arguments) throws Exception {
    int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 360;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    LIBRARIES.setLevel(Level.SEVERE);
    Path folder = Files.createTempDirectory("drill");
    Programme programme = Programme.encode(folder.resolve("media"), RECIPE);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ClusterDrill drill =
        new ClusterDrill(folder.resolve("cluster"), port, streams, programme, new Random(seed));
    try {
      if (seconds > 0) {
        drill.settle(TASK_MANAGERS);
        Told undisturbed = drill.run("undisturbed", seconds, false);
        Told disturbed = drill.run("with kills", seconds, true);
        drill.compare(undisturbed, disturbed);
        drill.cluster.stop();
      }
      drill.rescale();
    } finally {
      drill.cluster.stop();
    }
    System.exit(drill.good ? 0 : 1);
  }

  private void settle(int taskManagers) throws IOException, InterruptedException {
    List<String> started = cluster.start(new ClusterSettings(2, taskManagers, 384, port));
    log("started " + started);
  }

  private Topology topology(SteadyOrigin origin) {
    List<DetectorChoice> detectors = DetectorCatalog.installed().choose(List.of(), Map.of());
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
    return new Topology(
        specs, InProcessDeployment.installedFolds().stream().map(fold -> fold.id()).toList());
  }

  /** Runs the streams for a while; returns what was told of their faults. */
  private Told run(String name, long seconds, boolean kills)
      throws IOException, InterruptedException {
    log(name);
    Watched watched = new Watched();
    try (SteadyOrigin origin = new SteadyOrigin(programme, streams);
        Deployment.Handle handle =
            cluster
                .jobs()
                .deployment(TASK_MANAGERS, new WorkerSetup.Installed(), watched)
                .deploy(topology(origin), observation -> {})) {
      long begin = awaitAll(watched);
      long end = begin + seconds * 1000;
      if (kills) {
        pauseUntil(begin + 20_000 + random.nextLong(40_000));
        kill("taskmanager-" + (1 + random.nextInt(TASK_MANAGERS)), watched);
        settle(TASK_MANAGERS);
        pauseUntil(begin + 120_000 + random.nextLong(40_000));
        kill(leader(), watched);
        settle(TASK_MANAGERS);
      }
      pauseUntil(end);
      Told told =
          watched.told(
              origin.faults(begin, end - CLOSING_MILLIS),
              origin.faults(0, System.currentTimeMillis()));
      log(name + ": faults by what became of them " + told.summary());
      log(name + ": incidents about no fault on air " + told.others());
      return told;
    }
  }

  private void compare(Told undisturbed, Told disturbed) {
    List<String> differences = disturbed.differencesFrom(undisturbed);
    differences.forEach(ClusterDrill::log);
    good &= differences.isEmpty();
    log(
        "incidents neither lost nor doubled, as in the undisturbed run  "
            + (differences.isEmpty() ? "PASS" : "FAIL"));
  }

  private long awaitAll(Watched watched) throws InterruptedException {
    long begin = System.currentTimeMillis();
    while (watched.streams() < streams) {
      Thread.sleep(STEP_MILLIS);
      if (System.currentTimeMillis() - begin > 180_000) {
        throw new IllegalStateException("only " + watched.streams() + " streams are watched");
      }
    }
    log("all are watched after %.1f s".formatted((System.currentTimeMillis() - begin) / 1e3));
    return System.currentTimeMillis();
  }

  private void kill(String name, Watched watched) throws IOException, InterruptedException {
    ProcessHandle process = cluster.processes().get(name);
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    long moment = System.currentTimeMillis();
    process.destroyForcibly();
    log("killed " + name);
    Map<String, Double> again = watched.againAfter(moment);
    while (again.size() < streams && System.currentTimeMillis() - moment < 120_000) {
      Thread.sleep(STEP_MILLIS);
      again = watched.againAfter(moment);
    }
    double slowest =
        again.values().stream().max(Comparator.naturalOrder()).orElse(Double.MAX_VALUE);
    boolean inTime = again.size() == streams && slowest <= WATCHED_AGAIN_SECONDS;
    good &= inTime;
    log(
        "%d of %d streams are watched again, the slowest after %.1f s  %s"
            .formatted(again.size(), streams, slowest, inTime ? "PASS" : "FAIL"));
  }

  /** Who leads, by what it logs. */
  private String leader() throws IOException {
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
    return leader;
  }

  private void rescale() throws IOException, InterruptedException {
    log("from one task manager to three");
    settle(1);
    Watched watched = new Watched();
    try (SteadyOrigin origin = new SteadyOrigin(programme, streams);
        Deployment.Handle handle =
            cluster
                .jobs()
                .deployment(TASK_MANAGERS, new WorkerSetup.Installed(), watched)
                .deploy(topology(origin), observation -> {})) {
      long begin = awaitAll(watched);
      log("streams by process " + spread());
      pauseUntil(begin + 30_000);
      long moment = System.currentTimeMillis();
      settle(TASK_MANAGERS);
      Map<String, Integer> spread = spread();
      while (spread.size() < TASK_MANAGERS
          || spread.values().stream().mapToInt(Integer::intValue).sum() < streams) {
        if (System.currentTimeMillis() - moment > 180_000) {
          break;
        }
        Thread.sleep(STEP_MILLIS);
        spread = spread();
      }
      long now = System.currentTimeMillis();
      log("%.1f s later: streams by process %s".formatted((now - moment) / 1e3, spread));
      pauseUntil(now + 20_000);
      double gap =
          watched.gapsAround(moment, now).stream()
              .mapToDouble(Watched.Gap::seconds)
              .max()
              .orElse(Double.MAX_VALUE);
      int share = streams / TASK_MANAGERS;
      boolean even =
          spread.size() == TASK_MANAGERS
              && spread.values().stream().allMatch(count -> Math.abs(count - share) <= 1);
      good &= even;
      log(
          "longest time without watching a stream %.1f s; equal shares  %s"
              .formatted(gap, even ? "PASS" : "FAIL"));
    }
  }

  /** Streams that each task manager runs, by the names of its threads. Linux only. */
  private Map<String, Integer> spread() throws IOException {
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

  private static void pauseUntil(long millis) throws InterruptedException {
    Thread.sleep(Math.max(0, millis - System.currentTimeMillis()));
  }

  private static void log(String line) {
    System.out.println(CLOCK.format(LocalTime.now()) + "  " + line);
    System.out.flush();
  }
}
