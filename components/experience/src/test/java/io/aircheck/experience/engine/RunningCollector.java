package io.aircheck.experience.engine;

import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Collector.Answer;
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
import io.aircheck.experience.measure.Measures;
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
import java.util.TreeMap;

/** All that a process has of viewers. */
final class RunningCollector {
  final Journal journal;
  final Audience audience;
  final IntakeCounters counters = new IntakeCounters();
  final Collector collector;

  RunningCollector(Path folder, FakeClock clock) throws IOException {
    this(folder, clock, true);
  }

  RunningCollector(Path folder, FakeClock clock, boolean restored) throws IOException {
    journal = Journal.open(folder, JournalPolicy.of(Duration.ofHours(2), 100_000_000, Sync.NEVER));
    audience =
        new Audience(
            new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()),
            CubeSpec.lastHour(CubeSpec.withContent("browser", "player")),
            10_000);
    collector =
        new Collector(
            journal,
            new ReportReader(Map.of()),
            new Arrivals(Locator.NOWHERE, OptOut.DEFAULT, Set.of()),
            audience,
            new SenderLimits(100, 1000),
            counters,
            clock);
    if (restored) {
      collector.restore(0);
    }
  }

  Answer take(Sender sender, String body) {
    return take(sender, new Target("/r", Map.of()), body);
  }

  Answer take(Sender sender, Target target, String body) {
    return collector.take(
        ReportSchema.PLAIN,
        sender,
        target,
        Location.UNKNOWN,
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sums by the values of a dimension. */
  Map<String, Measures> sums(String by) {
    Map<String, Measures> sums = new TreeMap<>();
    audience
        .ask(new CubeQuery(0, Long.MAX_VALUE, Map.of(), List.of(by)))
        .orElseThrow()
        .rows()
        .forEach(row -> sums.put(row.values().getFirst(), row.cell().sums()));
    return sums;
  }
}
