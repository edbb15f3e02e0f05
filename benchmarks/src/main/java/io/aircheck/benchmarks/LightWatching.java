package io.aircheck.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.aircheck.app.monitor.PacedSources;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskClock;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What light watching of a ladder costs and finds, against watching it in full, in one JVM:
 * processor time of each, in turns, and the findings of each by kind and rendition.
 *
 * <p>{@code LightWatching ROUNDS MASTER...} reads as fast as it can; with 0 rounds each ladder is
 * played at the pace of its presentation times once in each way, so that a suspicion in one
 * rendition has the effect on the others that it has on air, and only findings are compared. {@code
 * LightWatching reasons MASTER...} reads each ladder lightly once, as fast as it can, and tells
 * what it was watched in full for.
 */
public final class LightWatching {
  private static final List<String> FOLDS = List.of("ladder");

  private LightWatching() {}

  /** What one way of watching came to. */
  private record Outcome(
      double cpuSeconds,
      TreeMap<String, TreeSet<String>> found,
      long lights,
      TreeSet<String> reasons) {}

  /** What is decoded of a rendition from then on. */
  private record Turn(Decoding decoding, String why) {}

  public static void main(String[] arguments) {
    boolean reasons = arguments[0].equals("reasons");
    int rounds = reasons ? 0 : Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      if (reasons) {
        Outcome light = watch(arguments[i], Watching.lightly(), false);
        System.out.printf("%s%n  %s, found %s%n", arguments[i], light.reasons(), light.found());
      } else if (rounds == 0) {
        compareFindings(arguments[i]);
      } else {
        compareCost(arguments[i], rounds);
      }
    }
  }

  private static void compareCost(String master, int rounds) {
    watch(master, Watching.FULL, false);
    watch(master, Watching.lightly(), false);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Outcome full = watch(master, Watching.FULL, false);
      Outcome light = watch(master, Watching.lightly(), false);
      ratios.add(light.cpuSeconds() / full.cpuSeconds());
      System.out.printf(
          Locale.ROOT,
          "full %6.2f s CPU  light %6.2f s CPU  ratio %.3f  full found %s  light found %s%n",
          full.cpuSeconds(),
          light.cpuSeconds(),
          ratios.getLast(),
          full.found(),
          light.found());
    }
    Collections.sort(ratios);
    System.out.printf(Locale.ROOT, "median ratio %.3f%n", ratios.get(rounds / 2));
  }

  private static void compareFindings(String master) {
    Outcome full = watch(master, Watching.FULL, true);
    Outcome light = watch(master, Watching.lightly(), true);
    TreeSet<String> lost = new TreeSet<>(full.found().keySet());
    lost.removeAll(light.found().keySet());
    TreeSet<String> added = new TreeSet<>(light.found().keySet());
    added.removeAll(full.found().keySet());
    System.out.printf(
        Locale.ROOT,
        "%s%n  full  %s%n  light %s (%d times turned light, in full for %s)%n"
            + "  lost %s, only in light %s%n",
        master,
        full.found(),
        light.found(),
        light.lights(),
        light.reasons(),
        lost,
        added);
  }

  private static Outcome watch(String master, Watching watching, boolean paced) {
    DetectorCatalog catalog = DetectorCatalog.installed();
    StreamTask.Surroundings around = StreamTask.Surroundings.installed();
    if (paced) {
      around = around.withSources(new PacedSources(around.sources(), TaskClock.SYSTEM));
    }
    TreeMap<String, TreeSet<String>> found = new TreeMap<>();
    List<Turn> turns = Collections.synchronizedList(new ArrayList<>());
    InProcessDeployment deployment =
        new InProcessDeployment(
            catalog,
            InProcessDeployment.installedFolds(),
            around,
            InProcessDeployment.Settings.DEFAULT,
            id ->
                new TaskProbe() {
                  @Override
                  public void decoding(Decoding decoding, String why) {
                    turns.add(new Turn(decoding, why));
                  }
                });
    StreamSpec spec =
        new StreamSpec(
            "ladder",
            SourceRequest.of(master),
            Optional.empty(),
            List.of(),
            catalog.choose(List.of(), Map.of()),
            false,
            watching);
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = process.getProcessCpuTime();
    try (Deployment.Handle handle =
        deployment.deploy(
            new Topology(List.of(spec), FOLDS), observation -> note(observation, found))) {
      handle.done().toCompletableFuture().join();
    }
    double cpuSeconds = (process.getProcessCpuTime() - before) / 1e9;
    long lights = turns.stream().filter(turn -> turn.decoding() == Decoding.KEY_PICTURES).count();
    TreeSet<String> reasons = new TreeSet<>();
    turns.stream().map(Turn::why).filter(why -> !why.isEmpty()).forEach(reasons::add);
    return new Outcome(cpuSeconds, found, lights, reasons);
  }

  private static void note(StreamObservation observed, TreeMap<String, TreeSet<String>> found) {
    if (observed.observation() instanceof Observation.Opened opened
        && opened.finding().severity() != Severity.INFO) {
      synchronized (found) {
        found
            .computeIfAbsent(opened.finding().kind(), kind -> new TreeSet<>())
            .add(String.valueOf(opened.finding().rendition()));
      }
    }
  }
}
