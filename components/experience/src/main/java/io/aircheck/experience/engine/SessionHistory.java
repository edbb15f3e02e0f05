package io.aircheck.experience.engine;

import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.timeline.SessionTimeline;
import io.aircheck.experience.timeline.TimelineRecorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What sessions lived through, made again from what the journal still has of them. Costs as much as
 * reading the journal; one at a time, whoever asks. Thread-safe.
 */
public final class SessionHistory {
  private final Journal journal;
  private final ReportReader reader;
  private final Function<TimelineRecorder, SessionFold> folds;

  /**
   * A history.
   *
   * @param folds a fold that reads sessions as they were read, and tells a recorder
   */
  public SessionHistory(
      Journal journal, ReportReader reader, Function<TimelineRecorder, SessionFold> folds) {
    this.journal = journal;
    this.reader = reader;
    this.folds = folds;
  }

  /**
   * The time line of a session.
   *
   * @param sinceMillis nothing of it came before
   * @param nowMillis so late is it
   * @return empty: the journal has nothing of it
   * @throws IOException when the journal cannot be read
   */
  public synchronized Optional<SessionTimeline> of(String session, long sinceMillis, long nowMillis)
      throws IOException {
    SessionReports reports = new SessionReports(reader, session);
    TimelineRecorder recorder = new TimelineRecorder();
    Shard shard = new Shard(folds.apply(recorder), 1);
    List<Told> news = new ArrayList<>();
    journal.replay(
        journal.positionSince(sinceMillis),
        (position, entry) -> {
          List<ViewerReport> found = reports.of(entry);
          if (!found.isEmpty()) {
            shard.take(found, entry.arrival().receivedMillis(), news);
            news.clear();
          }
        });
    shard.advance(nowMillis, news);
    SessionTimeline timeline = recorder.timeline();
    return timeline.views().isEmpty() ? Optional.empty() : Optional.of(timeline);
  }
}
