package io.aircheck.benchmarks.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.cost.MeasuredDeployment;
import io.aircheck.app.cost.measure.Metering;
import io.aircheck.benchmarks.origin.Programme;
import io.aircheck.faults.scene.Scene;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Same topology, same media, same incidents: in one process, in copies over a database, as a job on
 * a cluster of JVMs, and by the functions' handlers over an S3 API.
 */
@Tag("slow")
class SideBySideTest {
  private static final long PATIENCE_SECONDS = 300;

  /** Smaller and earlier than what costs are measured with: times of incidents are as exact. */
  private static final Programme.Recipe RECIPE =
      SideBySide.recipe(new Scene.Format(320, 180, 25, 1), 300_000, 33, 20_400);

  private static final Metering.Timing TIMING = new Metering.Timing(10, 40);

  @TempDir private Path folder;

  /** Deployments that watch at once. */
  private static List<Report> watch(Programme programme, Path folder, String... ids)
      throws Exception {
    List<SeparateRun> runs = new ArrayList<>();
    try {
      for (String id : ids) {
        runs.add(SeparateRun.start(id, programme, TIMING, folder));
      }
      List<Report> reports = new ArrayList<>();
      for (SeparateRun run : runs) {
        assertThat(run.await(PATIENCE_SECONDS)).isTrue();
        reports.add(run.report().orElseThrow());
      }
      return reports;
    } finally {
      for (SeparateRun run : runs) {
        run.close();
      }
    }
  }

  @Test
  @Timeout(value = 12, unit = TimeUnit.MINUTES)
  void deployments_sameLiveStream_tellTheSameIncidents() throws Exception {
    Programme programme = Programme.encode(folder.resolve("media"), RECIPE);

    List<List<Sighting>> told = new ArrayList<>();
    Path alone = Files.createDirectories(folder.resolve("alone"));
    for (Report report :
        watch(programme, folder, "inprocess", "copies", "flink", "serverless-10s")) {
      MeasuredDeployment measured = report.measured();
      // Four at once may be too many for a busy machine: whoever skipped pictures watches alone.
      Report fair =
          measured.skippedPictures() == 0
              ? report
              : watch(programme, alone, measured.id()).getFirst();
      told.add(fair.sightings());
    }

    List<Sighting> plain = told.getFirst();
    assertThat(SideBySide.differencesFromTruth("inprocess", programme, plain)).isEmpty();
    assertThat(Comparison.of("copies").differences(plain, told.get(1))).isEmpty();
    assertThat(Comparison.of("flink").differences(plain, told.get(2))).isEmpty();
    assertThat(Comparison.of("serverless-10s").differences(plain, told.get(3))).isEmpty();
  }
}
