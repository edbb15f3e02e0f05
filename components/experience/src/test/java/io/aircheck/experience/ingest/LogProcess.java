package io.aircheck.experience.ingest;

import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdRequests;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.journal.JournalPolicy;
import io.aircheck.experience.journal.Sync;
import io.aircheck.experience.logs.CloudFrontLog;
import io.aircheck.experience.logs.JsonLog;
import io.aircheck.experience.logs.LogFormat;
import io.aircheck.experience.logs.LogReports;
import io.aircheck.experience.portable.LoggedReports;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.testkit.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process that reads a log, keeps reports in a journal, and may end at any time: what it leaves
 * is what is in files.
 */
final class LogProcess implements AutoCloseable {
  static final long NOW = Duration.ofDays(20_000).toMillis();

  final FakeClock clock = new FakeClock();
  final Journal journal;
  private final KeptPlaces places;
  private volatile boolean full;

  LogProcess(Path folder) throws IOException {
    clock.advance(Duration.ofMillis(NOW));
    journal =
        Journal.open(
            folder.resolve("journal"),
            JournalPolicy.of(Duration.ofHours(2), 10_000_000, Sync.NEVER));
    places = new KeptPlaces(folder.resolve("places"), journal);
  }

  /** What reads lines of JSON. */
  LogReports json() {
    return reports(new JsonLog());
  }

  /** What reads lines of CloudFront that name their columns. */
  LogReports cloudFront() {
    return reports(new CloudFrontLog(List.of()));
  }

  private static LogReports reports(LogFormat format) {
    return new LogReports(
        format,
        new CmcdRequests(new CmcdParser(Set.of()), new CmcdMapping(List.of(), Map.of())),
        new Arrivals(address -> new Location("SE", "AS64500"), new OptOut(true, false), Set.of()),
        Map.of("cdn", "north"));
  }

  LogTail tail(Path file) throws IOException {
    LogTail tail = new LogTail("edge", file, json(), keeper(), clock);
    places.restore(List.of(tail.intake()));
    return tail;
  }

  LogBodies bodies() throws IOException {
    LogBodies bodies = new LogBodies("edge", json(), keeper(), clock);
    places.restore(List.of(bodies.intake()));
    return bodies;
  }

  LogObjects objects(LogBucket bucket, LogReports reports) throws IOException {
    LogObjects objects = new LogObjects("edge", "here", bucket, reports, keeper(), clock);
    places.restore(List.of(objects.intake()));
    return objects;
  }

  void save(LogIntake intake) throws IOException {
    places.save(intake);
  }

  /** From now on nothing can be written, or it can again. */
  void full(boolean is) {
    full = is;
  }

  private Intake.Keeper keeper() {
    return this::keep;
  }

  private @Nullable Answer keep(JournalEntry entry, List<ViewerReport> reports) {
    if (full) {
      return new Answer.Unavailable("the disk is full");
    }
    try {
      journal.append(entry);
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sessions of all reports in the journal, in their order: who is there twice came twice. */
  List<String> sessions() throws IOException {
    return reports().stream().map(ViewerReport::session).toList();
  }

  List<ViewerReport> reports() throws IOException {
    List<ViewerReport> reports = new ArrayList<>();
    journal.replay(
        0,
        (position, entry) -> {
          try {
            reports.addAll(LoggedReports.read(entry.body()).reports());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return reports;
  }

  /** A line about a request of a session. */
  static String line(String session) {
    return line(session, NOW);
  }

  static String line(String session, long millis) {
    return """
    {"time":"%d.%03d","host":"cdn.example","url":"/a/1.ts?CMCD=sid%%3D%%22%s%%22","status":"200",\
    "address":"192.0.2.77","userAgent":"Made/77.77"}
    """
        .formatted(millis / 1000, millis % 1000, session);
  }

  static String lines(String... sessions) {
    StringBuilder lines = new StringBuilder();
    for (String session : sessions) {
      lines.append(line(session));
    }
    return lines.toString();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
