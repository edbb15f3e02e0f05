package io.aircheck.experience.ingest;

import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.logs.LogReports;
import io.aircheck.experience.portable.LoggedReports;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of a log: makes reports of them at once and has these kept, with how far it has
 * been read. Of an address or a User-Agent nothing is in what is kept. Thread-safe.
 */
public final class LogIntake {
  /** Bytes of lines that are taken together; reports of them fit into an entry of the journal. */
  static final int MOST_BYTES = 256 * 1024;

  /**
   * Clocks of servers differ by less. A later line would end the sessions of now, and make the
   * windows of the last hour old.
   */
  private static final long MOST_AHEAD_MILLIS = 60_000;

  /** A start looks through so many entries of others for marks. */
  private static final long MOST_ENTRIES = 10_000;

  private final String name;
  private final String source;
  private final LogReports reports;
  private final Intake.Keeper keeper;
  private final InstantSource clock;
  private final Bookmark bookmark;
  private final IntakeCounters counters = new IntakeCounters();
  private final LongAdder lines = new LongAdder();
  private @Nullable LogPlace saved;
  private volatile long lateMillis;

  /**
   * A log of which nothing is read yet.
   *
   * @param name of a file, too
   * @param source where its lines come from, in one line; another one has been read to nowhere
   * @param reports reads its lines, for nobody else
   */
  LogIntake(
      String name,
      String source,
      LogReports reports,
      Intake.Keeper keeper,
      InstantSource clock,
      Bookmark bookmark) {
    this.name = name;
    this.source = source;
    this.reports = reports;
    this.keeper = keeper;
    this.clock = clock;
    this.bookmark = bookmark;
  }

  /** Its name in the settings. */
  public String name() {
    return name;
  }

  /** Where its lines come from. */
  public String source() {
    return source;
  }

  /** Reports that were taken of it and records that were not, since the start. */
  public IntakeCounters counters() {
    return counters;
  }

  /** Lines that were read since the start, with or without reports in them. */
  public long lines() {
    return lines.sum();
  }

  /** How long ago the latest request was when its line was read, milliseconds; 0: none was. */
  public long lateMillis() {
    return lateMillis;
  }

  /** Reads lines that were taken before, for what they say of those that follow. */
  synchronized void heading(byte[] lines) {
    reports.heading(lines);
  }

  /**
   * Takes whole lines: when it returns {@link Answer.Taken}, their reports are kept for good, and
   * the mark with them. Otherwise nothing is, and they are to come again.
   *
   * @param lines at most {@link #MOST_BYTES} of them
   * @param mark how far the log has been read with them
   */
  synchronized Answer take(byte[] lines, String mark) {
    long nowMillis = clock.millis();
    Gathered gathered = new Gathered(nowMillis + MOST_AHEAD_MILLIS);
    reports.read(lines, gathered);
    gathered.reports.sort(Comparator.comparingLong(ViewerReport::receivedMillis));
    LoggedReports logged = new LoggedReports(name, source, mark, gathered.reports);
    if (!logged.reports().isEmpty()) {
      Arrival arrival = new Arrival(nowMillis, LogReports.CHANNEL, Map.of());
      Answer refused =
          keeper.keep(
              new JournalEntry(ReportSchema.LOGGED, arrival, logged.bytes()), logged.reports());
      if (refused != null) {
        return refused;
      }
      counters.taken(logged.reports().size());
      lateMillis = Math.max(0, nowMillis - gathered.reports.getLast().receivedMillis());
    }
    bookmark.passed(mark);
    gathered.rejections.forEach(reason -> counters.rejected(reason, 1));
    this.lines.add(count(lines));
    return new Answer.Taken(logged.reports().size(), gathered.rejections.size());
  }

  private static int count(byte[] lines) {
    int count = lines.length > 0 && lines[lines.length - 1] != '\n' ? 1 : 0;
    for (byte one : lines) {
      count += one == '\n' ? 1 : 0;
    }
    return count;
  }

  /** Lines that have no report in them are done with, or there are none. */
  synchronized void pass(String mark) {
    bookmark.passed(mark);
  }

  /** A line is longer than all that are taken together. */
  void tooLong() {
    lines.increment();
    counters.rejected(Rejection.TOO_LARGE, 1);
  }

  /** A process before this one passed a mark; one that cannot be read any more says nothing. */
  synchronized void restore(String mark) {
    try {
      bookmark.passed(mark);
    } catch (IllegalArgumentException e) {
      // Of a version that knows more; the marks after it count.
    }
  }

  /**
   * How far it has been read.
   *
   * @param position asked for the end of the journal while nothing is being taken
   * @return empty: as was {@link #saved}, more or less
   */
  synchronized Optional<LogPlace> place(LongSupplier position) {
    LogPlace now = new LogPlace(source, position.getAsLong(), bookmark.marks());
    LogPlace before = saved;
    boolean known =
        before != null
            && before.marks().equals(now.marks())
            && now.position() - before.position() < MOST_ENTRIES;
    return known ? Optional.empty() : Optional.of(now);
  }

  /** How far it has been read is in a file. */
  synchronized void saved(LogPlace place) {
    saved = place;
  }

  /** What lines hold. */
  private static final class Gathered implements ReportReceiver {
    private final long latestMillis;
    private final List<ViewerReport> reports = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();

    Gathered(long latestMillis) {
      this.latestMillis = latestMillis;
    }

    @Override
    public void report(ViewerReport report) {
      if (report.receivedMillis() > latestMillis) {
        rejections.add(Rejection.CLOCK_IMPOSSIBLE);
      } else {
        reports.add(report);
      }
    }

    @Override
    public void rejected(Rejection reason) {
      rejections.add(reason);
    }
  }
}
