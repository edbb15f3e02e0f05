package io.aircheck.app.serve.viewers;

import io.aircheck.core.fact.FactTable;
import io.aircheck.experience.archive.ArchivePolicy;
import io.aircheck.experience.archive.MinuteFacts;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.experience.archive.ViewerArchive;
import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionEnd;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Leaves an archive as a service does that ran for three hours: in the first and the last of them,
 * six sessions watch for ten minutes; the first of these stalls for a second in each.
 */
public final class ArchivedPast {
  private static final long HOUR = 3_600_000;
  private static final long WINDOW = 10_000;

  private final Cube cube = new Cube(CubeSpec.lastHour());

  private ArchivedPast() {}

  /**
   * Leaves it.
   *
   * @param folder of the data
   * @param startMillis of the first hour
   */
  public static void leave(Path folder, long startMillis) throws IOException {
    new ArchivedPast().run(folder.resolve("viewer-archive"), startMillis);
  }

  private void run(Path folder, long startMillis) throws IOException {
    DiskFactFiles files = new DiskFactFiles(folder);
    FactLimits limits = new FactLimits(128_000_000, 1, Duration.ofSeconds(60));
    try (FactEngine engine = new FactEngine(limits, folder.resolve("work/spill"));
        FactTable sessions =
            new ParquetFacts(SessionFacts.LAYOUT, files, folder.resolve("work/sessions"), engine);
        FactTable minutes =
            new ParquetFacts(MinuteFacts.LAYOUT, files, folder.resolve("work/minutes"), engine)) {
      ViewerArchive archive =
          new ViewerArchive(
              sessions,
              minutes,
              cube,
              CubeSpec.lastHour(),
              ArchivePolicy.keeping(Duration.ofDays(30), Duration.ofDays(90)),
              startMillis);
      for (long at = startMillis; at < startMillis + 4 * HOUR; at += WINDOW) {
        long inHour = (at - startMillis) % HOUR;
        long hour = (at - startMillis) / HOUR;
        if (inHour < 600_000 && (hour == 0 || hour == 2)) {
          tell(archive, at, (int) hour, inHour == 600_000 - WINDOW);
        }
        archive.tend(at);
      }
    }
  }

  private void tell(ViewerArchive archive, long window, int hour, boolean last) {
    for (int viewer = 0; viewer < 6; viewer++) {
      long[] sums = new long[Measure.values().length];
      boolean stalls = viewer == 0 && last;
      sums[Measure.VIEWS.ordinal()] = last ? 1 : 0;
      sums[Measure.ENDED.ordinal()] = last ? 1 : 0;
      sums[Measure.VIEWERS.ordinal()] = 1;
      sums[Measure.WATCHED_MILLIS.ordinal()] = WINDOW;
      sums[Measure.PLAYING_MILLIS.ordinal()] = stalls ? WINDOW - 1000 : WINDOW;
      sums[Measure.STALLED_MILLIS.ordinal()] = stalls ? 1000 : 0;
      sums[Measure.STALLS.ordinal()] = stalls ? 1 : 0;
      sums[Measure.BITS.ordinal()] = WINDOW * 1000 * (viewer + 1);
      sums[Measure.BITRATE_MILLIS.ordinal()] = WINDOW;
      Cohort cohort =
          new Cohort(
              "channel-" + viewer % 2,
              "720p",
              Map.of("cdn", viewer == 0 ? "north" : "south", "os", "os" + viewer % 3));
      Measures measures = Measures.of(sums);
      SessionEnd end =
          last
              ? new SessionEnd(
                  SessionEnd.Reason.QUIT, window - 590_000, 0, window + WINDOW, measures)
              : null;
      SessionDelta delta =
          new SessionDelta("past-" + hour + "-" + viewer, 1, window, cohort, measures, end);
      cube.add(delta);
      archive.told(List.of(new Told(window + WINDOW, delta)));
    }
  }
}
