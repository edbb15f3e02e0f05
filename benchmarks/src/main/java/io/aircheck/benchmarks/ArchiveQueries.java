package io.aircheck.benchmarks;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactExport.Format;
import io.aircheck.core.fact.FactTable;
import io.aircheck.experience.archive.ArchivePolicy;
import io.aircheck.experience.archive.ArchiveQuestions;
import io.aircheck.experience.archive.MinuteFacts;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.experience.archive.ViewerArchive;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.measure.Measure;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the archive of viewers costs to write, and how fast it answers: days of synthetic sessions
 * by hours and of cells by minutes, then questions as the API asks them. CPU is that of the whole
 * process.
 *
 * <p>{@code ArchiveQueries FOLDER DAYS VIEWS_PER_HOUR CELLS_PER_MINUTE [THREADS]}; a folder that
 * was written before is only asked.
 */
public final class ArchiveQueries implements RecentCube {
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final long START = 500_000 * HOUR;
  private static final int PART = 50_000;
  private static final int ROUNDS = 7;
  private static final List<Measure> SOME =
      List.of(Measure.VIEWERS, Measure.STALLED_MILLIS, Measure.WATCHED_MILLIS, Measure.STALLS);

  private final FactTable sessions;
  private final FactTable minutes;
  private final long end;

  private ArchiveQueries(FactTable sessions, FactTable minutes, long end) {
    this.sessions = sessions;
    this.minutes = minutes;
    this.end = end;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int days = Integer.parseInt(arguments[1]);
    int views = Integer.parseInt(arguments[2]);
    int cells = Integer.parseInt(arguments[3]);
    int threads = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1;
    FactLimits limits = new FactLimits(512_000_000, threads, Duration.ofMinutes(5));
    DiskFactFiles files = new DiskFactFiles(folder);
    try (FactEngine engine = new FactEngine(limits, folder.resolve("work/spill"));
        ParquetFacts sessions =
            new ParquetFacts(SessionFacts.LAYOUT, files, folder.resolve("work/sessions"), engine);
        ParquetFacts minutes =
            new ParquetFacts(MinuteFacts.LAYOUT, files, folder.resolve("work/minutes"), engine)) {
      ArchiveQueries run = new ArchiveQueries(sessions, minutes, START + days * 24 * HOUR);
      if (sessions.committed() == FactTable.NOTHING) {
        run.write(views, cells);
      }
      run.ask();
      Path export = folder.resolve("export.parquet");
      run.measure(
          "export of a day as Parquet",
          () -> sessions.export(run.end - 24 * HOUR, run.end, Map.of(), Format.PARQUET, export));
      Files.deleteIfExists(export);
      run.measure("erasing a session that is not there", () -> sessions.erase("session", -1));
    }
  }

  private void write(int views, int cells) {
    SyntheticFacts facts = new SyntheticFacts(7);
    Cost writing = new Cost();
    long rows = 0;
    for (long hour = START; hour < end; hour += HOUR) {
      for (int from = 0; from < views; from += PART) {
        List<Fact> part = facts.sessions(hour, Math.min(PART, views - from));
        writing.begin();
        sessions.stage(hour, part);
        writing.end();
        rows += part.size();
      }
      writing.begin();
      sessions.commit(hour);
      writing.end();
    }
    writing.print("sessions", rows, sessions.bytes());
    Cost minutely = new Cost();
    long all = 0;
    for (long hour = START; hour < end; hour += HOUR) {
      for (int five = 0; five < 12; five++) {
        List<Fact> part = facts.minutes(hour + five * 5 * MINUTE, 5, cells);
        minutely.begin();
        minutes.stage(hour, part);
        minutely.end();
        all += part.size();
      }
      minutely.begin();
      minutes.commit(hour);
      minutely.end();
    }
    minutely.print("cells of minutes", all, minutes.bytes());
  }

  private void ask() {
    CubeSpec spec = CubeSpec.lastHour();
    ArchivePolicy policy = ArchivePolicy.keeping(Duration.ofDays(9999), Duration.ofDays(9999));
    ViewerArchive archive = new ViewerArchive(sessions, minutes, this, spec, policy, end);
    ArchiveQuestions questions =
        new ArchiveQuestions(archive, sessions, minutes, this, spec, List.of());
    CubeQuery byCdn = query(START, Map.of(), "cdn");
    measure("all sums, sessions and percentiles by cdn", () -> questions.sums(byCdn));
    CubeQuery ofContent = query(START, Map.of("content", "channel-3"), "network", "appVersion");
    measure("the same by network and application of a content", () -> questions.sums(ofContent));
    CubeQuery byOs = query(START, Map.of("country", "C2"), "os");
    measure("curves by os in a country, by hours", () -> questions.series(byOs, HOUR, SOME));
    CubeQuery byDevice = query(START, Map.of(), "device");
    measure(
        "curves by device, by half hours, from minutes",
        () -> questions.series(byDevice, 30 * MINUTE, SOME));
    CubeQuery lately = query(end - 24 * HOUR, Map.of("content", "channel-3"), "cdn");
    measure(
        "curves by cdn of a content, a day by four minutes",
        () -> questions.series(lately, 4 * MINUTE, SOME));
  }

  private CubeQuery query(long from, Map<String, String> where, String... by) {
    return new CubeQuery(from, end, where, List.of(by));
  }

  /** Prints the median and the longest of some rounds after the first. */
  private void measure(String what, Runnable question) {
    double[] millis = new double[ROUNDS];
    Cost cost = new Cost();
    question.run();
    for (int round = 0; round < ROUNDS; round++) {
      long from = System.nanoTime();
      cost.begin();
      question.run();
      cost.end();
      millis[round] = (System.nanoTime() - from) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-55s %6.0f ms median, %6.0f ms at most, %6.0f ms of CPU%n",
        what,
        millis[ROUNDS / 2],
        millis[ROUNDS - 1],
        cost.cpuNanos / 1e6 / ROUNDS);
  }

  @Override
  public Optional<CubeAnswer> ask(CubeQuery query) {
    return Optional.empty();
  }

  @Override
  public int windows(long fromMillis, long toMillis) {
    return 0;
  }

  /** Processor time of the process while something is done. */
  private static final class Cost {
    private long cpuNanos;
    private long wallNanos;
    private long cpuFrom;
    private long wallFrom;

    private static long cpu() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }

    void begin() {
      cpuFrom = cpu();
      wallFrom = System.nanoTime();
    }

    void end() {
      cpuNanos += cpu() - cpuFrom;
      wallNanos += System.nanoTime() - wallFrom;
    }

    void print(String what, long rows, long bytes) {
      System.out.printf(
          Locale.ROOT,
          "%,d %s: %.1f us of CPU each, %.1f us of time, %.1f bytes in files (%.0f MB)%n",
          rows,
          what,
          cpuNanos / 1e3 / rows,
          wallNanos / 1e3 / rows,
          (double) bytes / rows,
          bytes / 1e6);
    }
  }
}
