package io.aircheck.benchmarks;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Sample;
import io.aircheck.core.store.MetricHistory.Series;
import io.aircheck.storage.sql.SqlStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the embedded store costs with metrics of fifty streams in it: SQLite alone, DuckDB alone, or
 * DuckDB for metrics beside SQLite for incidents. One variant a process, so that memory can be
 * compared.
 *
 * <p>{@code HistoryStores sqlite|duckdb|both FOLDER [HOURS [SECONDS]]}, with so many seconds in a
 * batch
 */
public final class HistoryStores {
  private static final int STREAMS = 50;
  private static final int METRICS = 20;
  private static final int MIXED_SECONDS = 20;
  private static final int QUERIES = 15;
  private static final long START_MILLIS = 1_760_000_040_000L;

  /** Where metrics go. */
  interface Metrics extends AutoCloseable {
    void append(List<Sample> samples) throws SQLException;

    List<Bucket> query(Series series, long fromMillis, long toMillis, long stepMillis)
        throws SQLException;

    void compact(long secondsBeforeMillis, long minutesBeforeMillis) throws SQLException;

    @Override
    void close() throws SQLException;
  }

  /** Where incidents go; durable when it returns. */
  interface Incidents {
    void commit(Commit commit) throws SQLException;
  }

  private final Metrics metrics;
  private final Incidents incidents;
  private final int secondsAtOnce;
  private long atMillis = START_MILLIS;

  HistoryStores(Metrics metrics, Incidents incidents, int secondsAtOnce) {
    this.metrics = metrics;
    this.incidents = incidents;
    this.secondsAtOnce = secondsAtOnce;
  }

  public static void main(String[] arguments) throws Exception {
    String variant = arguments[0];
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    double[] sizes = {1, 30};
    for (int i = 2; i < arguments.length; i++) {
      sizes[i - 2] = Double.parseDouble(arguments[i]);
    }
    try (SqlStore sqlite = SqlStore.embedded(folder.resolve("sqlite"))) {
      switch (variant) {
        case "sqlite" -> measure(variant, folder, sizes, ofSqlite(sqlite), ofIncidents(sqlite));
        case "both" -> measure(variant, folder, sizes, DuckDb.open(folder), ofIncidents(sqlite));
        case "duckdb" -> {
          DuckDb duckdb = DuckDb.open(folder);
          measure(variant, folder, sizes, duckdb, duckdb);
        }
        default -> throw new IllegalArgumentException(variant + ": sqlite, duckdb or both");
      }
    }
    printf("%s: %.1f MB on disk after closing%n", variant, bytes(folder) / 1e6);
  }

  private static void measure(
      String variant, Path folder, double[] sizes, Metrics metrics, Incidents incidents)
      throws Exception {
    double hours = sizes[0];
    try (metrics) {
      HistoryStores run = new HistoryStores(metrics, incidents, (int) sizes[1]);
      long cpu = cpuNanos();
      double written = writtenBytes();
      long start = System.nanoTime();
      long samples = run.fill(hours);
      printf(
          "%s: %,d samples, %.2f us CPU and %.2f us each%n",
          variant,
          samples,
          (cpuNanos() - cpu) / 1e3 / samples,
          (System.nanoTime() - start) / 1e3 / samples);
      printf("%s: %.0f bytes written for each%n", variant, (writtenBytes() - written) / samples);
      printf("%s: %.1f MB on disk, %d MB resident%n", variant, bytes(folder) / 1e6, residentMb());
      run.mixed(variant);
      run.queries(variant, hours);
      start = System.nanoTime();
      long half = run.atMillis - (long) (hours * 1_800_000);
      metrics.compact(half / 60_000 * 60_000, START_MILLIS);
      printf(
          "%s: half of the seconds into minutes in %.0f ms%n",
          variant, (System.nanoTime() - start) / 1e6);
      printf("%s: %.1f MB on disk, %d MB resident%n", variant, bytes(folder) / 1e6, residentMb());
    }
  }

  private static Series series(int stream, int metric) {
    return new Series("stream" + stream, "1080p", "video:0", "video.metric_" + metric);
  }

  /** Samples of the next seconds of all streams. */
  List<Sample> next() {
    List<Sample> batch = new ArrayList<>();
    for (int second = 0; second < secondsAtOnce; second++) {
      for (int stream = 0; stream < STREAMS; stream++) {
        for (int metric = 0; metric < METRICS; metric++) {
          double value = 100 * Math.sin(atMillis / 7e5 + stream) + metric + Math.random();
          batch.add(
              new Sample(
                  series(stream, metric),
                  new Bucket(atMillis, 25, 25 * value, value - 1, value + 1)));
        }
      }
      atMillis += 1000;
    }
    return batch;
  }

  private long fill(double hours) throws SQLException {
    long samples = 0;
    for (long s = 0; s < hours * 3600; s += secondsAtOnce) {
      List<Sample> batch = next();
      metrics.append(batch);
      samples += batch.size();
    }
    return samples;
  }

  /** Incidents while metrics are appended ten times as fast as by the clock. */
  private void mixed(String variant) throws InterruptedException {
    Thread appending =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < MIXED_SECONDS * 5; i++) {
                      metrics.append(next());
                      LockSupport.parkNanos(200_000_000);
                    }
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
    List<Double> millis = new ArrayList<>();
    for (int i = 0; appending.isAlive(); i++) {
      Commit commit = commit(i);
      long start = System.nanoTime();
      try {
        incidents.commit(commit);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      millis.add((System.nanoTime() - start) / 1e6);
      LockSupport.parkNanos(20_000_000);
    }
    appending.join();
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    printf(
        "%s: %d incidents committed while metrics came, median %.1f ms, 99 %% %.1f ms, most %.1f"
            + " ms%n",
        variant,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[sorted.length * 99 / 100],
        sorted[sorted.length - 1]);
  }

  /** The opening of an incident; the same for the same number. */
  static Commit commit(int i) {
    String stream = "stream" + i % STREAMS;
    long now = START_MILLIS + 10_000L * i;
    Incident incident =
        new Incident(
            Incident.id(stream, "video.black", now),
            stream,
            "video.black",
            Incident.State.OPEN,
            Severity.ERROR,
            0.9,
            now - 2000,
            now,
            now,
            1,
            List.of("1080p"),
            List.of("video.black"),
            Map.of("lumaMean", 16.5),
            "The picture is black.",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            1);
    IncidentChange change = new IncidentChange(IncidentChange.Type.OPENED, incident, now);
    return new Commit(
        stream,
        new byte[2000],
        List.of(change),
        List.of(Notification.of(change, "hook", Map.of())));
  }

  private void queries(String variant, double hours) throws SQLException {
    long hour = (long) (Math.min(1, hours) * 3_600_000);
    printf(
        "%s: an hour of a curve by 10 s in %.1f ms, all of it by minutes in %.1f ms,"
            + " an hour of the %d curves of a stream by 10 s in %.1f ms%n",
        variant,
        median(() -> metrics.query(series(7, 3), atMillis - hour, atMillis, 10_000)),
        median(() -> metrics.query(series(7, 3), START_MILLIS, atMillis, 60_000)),
        METRICS,
        median(
            () -> {
              for (int metric = 0; metric < METRICS; metric++) {
                metrics.query(series(9, metric), atMillis - hour, atMillis, 10_000);
              }
            }));
  }

  private interface Question {
    void ask() throws SQLException;
  }

  private static double median(Question question) throws SQLException {
    double[] millis = new double[QUERIES];
    for (int i = 0; i < QUERIES; i++) {
      long start = System.nanoTime();
      question.ask();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[QUERIES / 2];
  }

  static Metrics ofSqlite(SqlStore store) {
    return new Metrics() {
      @Override
      public void append(List<Sample> samples) {
        store.metrics().append(samples);
      }

      @Override
      public List<Bucket> query(Series series, long fromMillis, long toMillis, long stepMillis) {
        return store.metrics().query(series, fromMillis, toMillis, stepMillis);
      }

      @Override
      public void compact(long secondsBeforeMillis, long minutesBeforeMillis) {
        store.metrics().compact(secondsBeforeMillis, minutesBeforeMillis);
      }

      @Override
      public void close() {}
    };
  }

  static Incidents ofIncidents(SqlStore store) {
    return commit -> store.incidents().commit(List.of(commit));
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long residentMb() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024;
    }
  }

  /** What this process has given to the disk, or will yet be given to it. */
  private static double writtenBytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/io"))) {
      return lines
          .filter(line -> line.startsWith("write_bytes"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void printf(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format, arguments);
  }
}
