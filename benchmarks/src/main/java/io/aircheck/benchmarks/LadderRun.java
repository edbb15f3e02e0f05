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
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Finding;
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
import java.util.concurrent.atomic.AtomicLong;

/**
 * What came of watching a ladder to its end in one way, with all detectors.
 *
 * @param cpuSeconds processor time of the process meanwhile
 * @param found the first of each kind and rendition, by both; mere information left out
 * @param turns when more or less was decoded, all renditions
 */
record LadderRun(double cpuSeconds, Map<String, Told> found, List<Turn> turns) {
  private static final List<String> FOLDS = List.of("ladder");

  /**
   * A finding as it opened.
   *
   * @param startSeconds media time at which it began
   * @param atSeconds when it was told: media time of the latest picture by then, of a ladder that
   *     is read as fast as it can up to where its task had come
   */
  record Told(double startSeconds, double atSeconds) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f +%.1f", startSeconds, atSeconds - startSeconds);
    }
  }

  /** What is decoded of a rendition from a media time on, and why. */
  record Turn(Decoding decoding, String why, double atSeconds) {}

  /** Watches a ladder: at the pace of its presentation times, or as fast as it can. */
  static LadderRun of(String master, Watching watching, boolean paced) {
    DetectorCatalog catalog = DetectorCatalog.installed();
    StreamTask.Surroundings around = StreamTask.Surroundings.installed();
    if (paced) {
      around = around.withSources(new PacedSources(around.sources(), TaskClock.SYSTEM));
    }
    AtomicLong reachedMicros = new AtomicLong();
    Map<String, Told> found = Collections.synchronizedMap(new TreeMap<>());
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
                  public void picture(FrameView frame) {
                    reachedMicros.accumulateAndGet(frame.ptsMicros(), Math::max);
                  }

                  @Override
                  public void decoding(Decoding decoding, String why) {
                    turns.add(new Turn(decoding, why, reachedMicros.get() / 1e6));
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
            new Topology(List.of(spec), FOLDS),
            observation -> note(observation, paced ? reachedMicros.get() : -1, found))) {
      handle.done().toCompletableFuture().join();
    }
    return new LadderRun((process.getProcessCpuTime() - before) / 1e9, found, turns);
  }

  private static void note(
      StreamObservation observed, long reachedMicros, Map<String, Told> found) {
    if (observed.observation() instanceof Observation.Opened opened
        && opened.finding().severity() != Severity.INFO) {
      Finding finding = opened.finding();
      String name = finding.kind() + (finding.rendition() == null ? "" : " " + finding.rendition());
      long at = reachedMicros < 0 ? finding.endMicros() : reachedMicros;
      found.putIfAbsent(name, new Told(finding.startMicros() / 1e6, at / 1e6));
    }
  }

  /** Why everything was decoded, with when it first was for that reason. */
  Map<String, Double> reasons() {
    Map<String, Double> reasons = new TreeMap<>();
    for (Turn turn : turns) {
      if (!turn.why().isEmpty()) {
        reasons.merge(turn.why(), turn.atSeconds(), Math::min);
      }
    }
    return reasons;
  }
}
