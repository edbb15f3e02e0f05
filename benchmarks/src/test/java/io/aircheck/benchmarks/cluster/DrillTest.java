package io.aircheck.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.benchmarks.origin.Programme;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.deploy.flink.WorkerSetup;
import io.aircheck.faults.scene.Scene;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Few streams on a cluster of JVMs, which grows, and whose processes are killed: {@link
 * ClusterDrill} does the same to many of them, and for longer.
 */
@Tag("slow")
class DrillTest {
  private static final int STREAMS = 3;
  private static final double WATCHED_AGAIN_SECONDS = 30;
  private static final long PATIENCE_MILLIS = 90_000;

  /** Both faults within less than a minute, so that something is on air whenever one is killed. */
  private static final Programme.Recipe RECIPE =
      new Programme.Recipe(
          new Scene.Format(160, 96, 10, 1),
          80_000,
          22,
          List.of(
              new Programme.Fault(Programme.BLACK, 8_000, 14_000),
              new Programme.Fault(Programme.SILENCE, 30_000, 36_000)));

  /** The programme begins anew after 44 s. */
  private static final long LATEST_MILLIS = 42_000;

  private static final List<DetectorChoice> DETECTORS =
      DetectorCatalog.installed().choose(List.of(Programme.BLACK, Programme.SILENCE), Map.of());

  @TempDir private Path folder;

  /** What is installed, but incidents close seconds after their faults. */
  private record BriskWorkers() implements WorkerSetup {
    @Override
    public Optional<? extends IncidentRules<?>> incidents() {
      return WorkerSetup.super.incidents().map(BriskRules::of);
    }
  }

  private static void assertWatchedAgain(String killed, Drill.Return back) {
    System.out.printf(
        "%s was killed: all are watched again after %.1f s%n", killed, back.slowestSeconds());
    assertThat(back.streams()).isEqualTo(STREAMS);
    assertThat(back.slowestSeconds()).isLessThanOrEqualTo(WATCHED_AGAIN_SECONDS);
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void cluster_growsAndLosesATaskManagerAndItsLeader_makesOneIncidentOfEachFault()
      throws Exception {
    Programme programme = Programme.encode(folder.resolve("media"), RECIPE);
    Watched watched = new Watched(LATEST_MILLIS);
    try (Drill drill = new Drill(folder.resolve("cluster"), STREAMS)) {
      drill.settle(1);
      try (SteadyOrigin origin = new SteadyOrigin(programme, STREAMS);
          Deployment.Handle handle =
              drill.deploy(origin, DETECTORS, new BriskWorkers(), 2, watched)) {
        drill.awaitAll(watched);
        long begin = System.currentTimeMillis();

        drill.settle(2);
        assertThat(drill.awaitSpread(2, watched))
            .as(() -> "streams of both task managers")
            .isTrue();

        assertWatchedAgain("a task manager", drill.kill("taskmanager-1", watched));
        assertWatchedAgain("the leader", drill.kill(drill.leader(), watched));

        List<SteadyOrigin.OnAir> faults = origin.faults(begin, System.currentTimeMillis());
        watched.awaitClosed(faults, PATIENCE_MILLIS);
        Told told = watched.told(faults, origin.faults(0, System.currentTimeMillis()));
        assertThat(told.faults().keySet())
            .extracting(SteadyOrigin.OnAir::kind)
            .contains(Programme.BLACK, Programme.SILENCE);
        assertThat(told.faults().values())
            .as(() -> told.summary().toString())
            .allMatch(Fate::isOneIncident);
        assertThat(told.others()).isEmpty();
      }
    }
  }
}
