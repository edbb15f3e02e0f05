package io.aircheck.benchmarks.cluster;

import io.aircheck.benchmarks.origin.Programme;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.deploy.flink.WorkerSetup;
import io.aircheck.faults.scene.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

  /** A later incident than this after its fault began is about something else. */
  private static final long LATEST_MILLIS = 75_000;

  /** Incidents close a minute after their faults. */
  private static final long CLOSING_MILLIS = 110_000;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Logger LIBRARIES = Logger.getLogger("");

  private final Drill drill;
  private final int streams;
  private final Programme programme;
  private final Random random;
  private boolean good = true;

  private ClusterDrill(Drill drill, int streams, Programme programme, Random random) {
    this.drill = drill;
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
    boolean good;
    try (Drill drill = new Drill(folder.resolve("cluster"), streams)) {
      ClusterDrill all = new ClusterDrill(drill, streams, programme, new Random(seed));
      if (seconds > 0) {
        all.settle(TASK_MANAGERS);
        Told undisturbed = all.run("undisturbed", seconds, false);
        Told disturbed = all.run("with kills", seconds, true);
        all.compare(undisturbed, disturbed);
        drill.stop();
      }
      all.rescale();
      drill.stop();
      good = all.good;
    }
    System.exit(good ? 0 : 1);
  }

  private void settle(int taskManagers) throws IOException, InterruptedException {
    log("started " + drill.settle(taskManagers));
  }

  private Deployment.Handle deploy(SteadyOrigin origin, Watched watched) throws IOException {
    return drill.deploy(
        origin,
        DetectorCatalog.installed().choose(List.of(), Map.of()),
        new WorkerSetup.Installed(),
        TASK_MANAGERS,
        watched);
  }

  /** Runs the streams for a while; returns what was told of their faults. */
  private Told run(String name, long seconds, boolean kills)
      throws IOException, InterruptedException {
    log(name);
    Watched watched = new Watched(LATEST_MILLIS);
    try (SteadyOrigin origin = new SteadyOrigin(programme, streams);
        Deployment.Handle handle = deploy(origin, watched)) {
      long begin = awaitAll(watched);
      long end = begin + seconds * 1000;
      if (kills) {
        pauseUntil(begin + 20_000 + random.nextLong(40_000));
        kill("taskmanager-" + (1 + random.nextInt(TASK_MANAGERS)), watched);
        settle(TASK_MANAGERS);
        pauseUntil(begin + 120_000 + random.nextLong(40_000));
        kill(drill.leader(), watched);
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

  private long awaitAll(Watched watched) throws IOException, InterruptedException {
    long begin = System.currentTimeMillis();
    drill.awaitAll(watched);
    long now = System.currentTimeMillis();
    log("all are watched after %.1f s".formatted((now - begin) / 1e3));
    return now;
  }

  private void kill(String name, Watched watched) throws IOException, InterruptedException {
    log("kills " + name);
    Drill.Return back = drill.kill(name, watched);
    boolean inTime = back.streams() == streams && back.slowestSeconds() <= WATCHED_AGAIN_SECONDS;
    good &= inTime;
    log(
        "%d of %d streams are watched again, the slowest after %.1f s  %s"
            .formatted(back.streams(), streams, back.slowestSeconds(), inTime ? "PASS" : "FAIL"));
  }

  private void rescale() throws IOException, InterruptedException {
    log("from one task manager to three");
    settle(1);
    Watched watched = new Watched(LATEST_MILLIS);
    try (SteadyOrigin origin = new SteadyOrigin(programme, streams);
        Deployment.Handle handle = deploy(origin, watched)) {
      long begin = awaitAll(watched);
      log("streams by process " + drill.spread());
      pauseUntil(begin + 30_000);
      long moment = System.currentTimeMillis();
      settle(TASK_MANAGERS);
      drill.awaitSpread(TASK_MANAGERS, watched);
      Map<String, Integer> spread = drill.spread();
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

  private static void pauseUntil(long millis) throws InterruptedException {
    Thread.sleep(Math.max(0, millis - System.currentTimeMillis()));
  }

  private static void log(String line) {
    System.out.println(CLOCK.format(LocalTime.now()) + "  " + line);
    System.out.flush();
  }
}
