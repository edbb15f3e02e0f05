package io.aircheck.experience.scale;

import io.aircheck.core.viewer.ReportLog;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.portable.ReportsJson;
import io.aircheck.experience.report.ViewerReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps reports by handing them over, and remembers nothing: what is acknowledged is in the log,
 * and any number of these can stand side by side. Thread-safe.
 */
public final class StatelessCollector implements Intake.Keeper {
  private final ReportLog log;

  /** A collector in front of a log. */
  public StatelessCollector(ReportLog log) {
    this.log = log;
  }

  @Override
  public @Nullable Answer keep(JournalEntry entry, List<ViewerReport> reports) {
    Map<String, List<ViewerReport>> sessions = new LinkedHashMap<>();
    for (ViewerReport report : reports) {
      sessions.computeIfAbsent(report.session(), session -> new ArrayList<>()).add(report);
    }
    List<ReportLog.Entry> entries = new ArrayList<>(sessions.size());
    sessions.forEach(
        (session, some) -> entries.add(new ReportLog.Entry(session, ReportsJson.write(some))));
    try {
      log.append(entry.arrival().receivedMillis(), entries);
      return null;
    } catch (ReportLog.BusyException e) {
      return new Answer.TooMany(1);
    } catch (IOException e) {
      return new Answer.Unavailable(words(e.getMessage()));
    }
  }

  private static String words(@Nullable String why) {
    return "reports of viewers cannot be handed over: " + why;
  }

  /** Why reports cannot be kept now; empty: they can. */
  public Optional<String> problem() {
    return log.problem().map(StatelessCollector::words);
  }
}
