package io.aircheck.app.serve.crash;

import io.aircheck.experience.archive.ArchivePolicy;
import io.aircheck.experience.archive.MinuteFacts;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.experience.archive.ViewerArchive;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Audience;
import io.aircheck.experience.engine.AudienceListener;
import io.aircheck.experience.engine.Collector;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.engine.SenderLimits;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalPolicy;
import io.aircheck.experience.journal.Sync;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Players of some hours, whose time goes as fast as their reports can be taken, in a process that
 * may be killed: the next one goes on behind the last report that is in the journal.
 */
public final class KillableArchive implements AudienceListener {
  static final int PLAYERS = 12;
  static final int ROUNDS = 1_300;
  static final int ROUNDS_PER_CONTENT = 500;
  static final int REPORTS = PLAYERS * ROUNDS;

  private static final int ROUND_SECONDS = 10;
  private static final int AFTERWARDS_SECONDS = 2 * 3600;
  private static final long START = 500_000 * 3_600_000L + 1_000_000;
  private static final Sender SOMEBODY = new Sender(null, null, null, null);
  private static final CubeSpec SPEC = CubeSpec.lastHour(CubeSpec.withContent("device"));

  private long nowMillis = START;
  private final Journal journal;
  private final ViewerArchive archive;
  private final Audience audience;
  private final Collector collector;

  private KillableArchive(Path folder) throws IOException {
    journal =
        Journal.open(
            folder.resolve("viewers"),
            JournalPolicy.of(Duration.ofHours(2), 100_000_000, Sync.NEVER));
    nowMillis = START + journal.end() / PLAYERS * ROUND_SECONDS * 1000;
    DiskFactFiles files = new DiskFactFiles(folder.resolve("archive"));
    Path work = folder.resolve("archive/work");
    FactEngine engine =
        new FactEngine(
            new FactLimits(128_000_000, 1, Duration.ofSeconds(60)), work.resolve("spill"));
    audience =
        new Audience(
            new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()), SPEC, 100_000, this);
    archive =
        new ViewerArchive(
            new ParquetFacts(SessionFacts.LAYOUT, files, work.resolve("sessions"), engine),
            new ParquetFacts(MinuteFacts.LAYOUT, files, work.resolve("minutes"), engine),
            audience,
            SPEC,
            ArchivePolicy.keeping(Duration.ofDays(30), Duration.ofDays(30)),
            START - 86_400_000);
    InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
    collector =
        new Collector(
            journal,
            new ReportReader(Map.of()),
            new Arrivals(Locator.NOWHERE, OptOut.DEFAULT, Set.of()),
            audience,
            new SenderLimits(1e9, 1e9),
            new IntakeCounters(),
            clock);
    collector.restore(Math.min(archive.sinceMillis(), nowMillis - SPEC.spanMillis()));
  }

  /** Argument: the folder. Prints how many reports are taken, and whether it is done. */
  public static void main(String[] args) throws Exception {
    KillableArchive process = new KillableArchive(Path.of(args[0]));
    System.out.println("begins at " + process.journal.end());
    process.run();
    System.out.println("done");
    System.exit(0);
  }

  private void run() throws IOException {
    for (long next = journal.end(); next < REPORTS; next++) {
      int round = (int) (next / PLAYERS);
      takeFrom((int) (next % PLAYERS), round);
      if (next % PLAYERS == PLAYERS - 1) {
        for (int second = 0; second < ROUND_SECONDS; second++) {
          pass();
        }
        journal.tidy(nowMillis);
        System.out.println(next);
      }
    }
    for (int second = 0; second < AFTERWARDS_SECONDS; second++) {
      pass();
    }
  }

  private void pass() {
    nowMillis += 1000;
    collector.tick();
  }

  private void takeFrom(int player, int round) {
    String body =
        "{\"session\":\"player-%d\",\"sequence\":%d,\"time\":%d,\"state\":\"playing\",\"content\":\"c%d\"}"
            .formatted(player, round, nowMillis, round / ROUNDS_PER_CONTENT);
    collector.take(
        ReportSchema.PLAIN,
        SOMEBODY,
        new Target("/r", Map.of()),
        Locator.Location.UNKNOWN,
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void told(List<Told> news) {
    archive.told(news);
  }

  @Override
  public void advanced(long millis) {
    archive.tend(millis);
  }
}
