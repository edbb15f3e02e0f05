package io.aircheck.experience.archive;

import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Audience;
import io.aircheck.experience.engine.AudienceListener;
import io.aircheck.experience.engine.Collector;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.engine.SenderLimits;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator;
import io.aircheck.experience.intake.Locator.Location;
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
import io.aircheck.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process with all that it has of viewers, and tables that outlive it. */
final class ArchivedViewers implements AudienceListener {
  static final CubeSpec SPEC = CubeSpec.lastHour(CubeSpec.withContent("device"));

  private static final Sender SOMEBODY = new Sender(null, null, null, null);

  private final FakeClock clock;
  final Journal journal;
  final Audience audience;
  final Collector collector;
  final ViewerArchive archive;

  ArchivedViewers(
      Path folder, FakeClock clock, KilledTable sessions, KilledTable minutes, ArchivePolicy policy)
      throws IOException {
    this.clock = clock;
    journal = Journal.open(folder, JournalPolicy.of(Duration.ofHours(4), 100_000_000, Sync.NEVER));
    boolean nothingBefore = journal.end() == journal.start();
    long complete =
        nothingBefore ? clock.millis() - 86_400_000 : clock.millis() - SPEC.spanMillis();
    audience =
        new Audience(
            new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()), SPEC, 100_000, this);
    archive = new ViewerArchive(sessions, minutes, audience, SPEC, policy, complete);
    collector =
        new Collector(
            journal,
            new ReportReader(Map.of()),
            new Arrivals(Locator.NOWHERE, OptOut.DEFAULT, Set.of()),
            audience,
            new SenderLimits(1_000_000, 1_000_000),
            new IntakeCounters(),
            clock);
    collector.restore(Math.min(archive.sinceMillis(), clock.millis() - SPEC.spanMillis()));
  }

  @Override
  public void told(List<Told> news) {
    archive.told(news);
  }

  @Override
  public void advanced(long millis) {
    archive.tend(millis);
  }

  void take(String body) {
    Answer answer =
        collector.take(
            ReportSchema.PLAIN,
            SOMEBODY,
            new Target("/r", Map.of()),
            Location.UNKNOWN,
            body.getBytes(StandardCharsets.UTF_8));
    if (!(answer instanceof Answer.Taken)) {
      throw new IllegalStateException(answer.toString());
    }
  }

  /** A second passes. */
  void second() {
    clock.advance(Duration.ofSeconds(1));
    collector.tick();
  }
}
