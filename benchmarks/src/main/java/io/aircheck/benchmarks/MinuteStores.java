package io.aircheck.benchmarks;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLayout.Column;
import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.experience.archive.MinuteFacts;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where sums of viewers by minutes could come from: cells in SQLite or in Parquet, or a fact for
 * each view and minute in Parquet, from which any cell can be made. Prints what writing costs, the
 * bytes on the disk, and how long it takes to get the curves by delivery network of one content, of
 * all that there is by four minutes.
 *
 * <p>{@code MinuteStores sqlite|parquet|views FOLDER HOURS PER_MINUTE}: so many cells, or views
 */
public final class MinuteStores {
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final long STEP = 4 * MINUTE;
  private static final long START = 500_000 * HOUR;
  private static final int ROUNDS = 7;
  private static final String GROUPING = "content+cdn+country";
  private static final String CONTENT = "channel-3";

  private final int hours;
  private final int perMinute;
  private final SyntheticFacts facts = new SyntheticFacts(7);
  private long rows;
  private long cpuNanos;

  /** Something to do with a store. */
  private interface Task {
    int run() throws SQLException, IOException;
  }

  private MinuteStores(int hours, int perMinute) {
    this.hours = hours;
    this.perMinute = perMinute;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    MinuteStores run =
        new MinuteStores(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    switch (arguments[0]) {
      case "sqlite" -> run.sqlite(folder);
      case "parquet" -> run.parquet(folder, MinuteFacts.LAYOUT);
      case "views" -> run.parquet(folder, SessionFacts.LAYOUT);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void write(List<Fact> minutes, Task task) throws SQLException, IOException {
    long from = cpu();
    task.run();
    cpuNanos += cpu() - from;
    rows += minutes.size();
  }

  private void parquet(Path folder, FactLayout layout) throws Exception {
    FactLimits limits = new FactLimits(512_000_000, 1, Duration.ofMinutes(5));
    boolean cells = layout == MinuteFacts.LAYOUT;
    try (FactEngine engine = new FactEngine(limits, folder.resolve("spill"));
        ParquetFacts table =
            new ParquetFacts(layout, new DiskFactFiles(folder), folder.resolve("work"), engine)) {
      for (long hour = START; hour < START + hours * HOUR; hour += HOUR) {
        long batch = hour;
        for (long five = hour; five < hour + HOUR; five += 5 * MINUTE) {
          List<Fact> minutes = cells ? facts.minutes(five, 5, perMinute) : views(five, 5);
          write(
              minutes,
              () -> {
                table.stage(batch, minutes);
                return 0;
              });
        }
        write(
            List.of(),
            () -> {
              table.commit(batch);
              return 0;
            });
      }
      Map<String, String> where =
          cells
              ? Map.of(MinuteFacts.LAYOUT.names(Kind.TEXT).getFirst(), GROUPING, "content", CONTENT)
              : Map.of("content", CONTENT);
      FactQuestion question =
          new FactQuestion(
              START,
              START + hours * HOUR,
              STEP,
              where,
              List.of("cdn"),
              List.of("viewers", "stalledMillis", "watchedMillis"),
              List.of());
      report(table.bytes(), () -> table.ask(question).size());
    }
  }

  /** A fact for each view and minute. */
  private List<Fact> views(long from, int minutes) {
    List<Fact> all = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      long time = from + minute * MINUTE;
      for (Fact fact : facts.sessions(time, perMinute)) {
        all.add(new Fact(time, fact.cells()));
      }
    }
    return all;
  }

  private void sqlite(Path folder) throws Exception {
    Path file = folder.resolve("minutes.sqlite");
    try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = open.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute(
          "CREATE TABLE minute (grouping TEXT, time INTEGER, key TEXT, sums BLOB, PRIMARY KEY"
              + " (grouping, time, key)) WITHOUT ROWID");
      open.setAutoCommit(false);
      try (PreparedStatement insert =
          open.prepareStatement("INSERT OR REPLACE INTO minute VALUES (?, ?, ?, ?)")) {
        for (long time = START; time < START + hours * HOUR; time += MINUTE) {
          List<Fact> minute = facts.minutes(time, 1, perMinute);
          write(minute, () -> insert(open, insert, minute));
        }
      }
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      open.commit();
      report(Files.size(file), () -> curves(open));
    }
  }

  private static int insert(Connection open, PreparedStatement insert, List<Fact> minute)
      throws SQLException {
    List<Column> columns = MinuteFacts.LAYOUT.columns();
    for (Fact fact : minute) {
      StringBuilder key = new StringBuilder();
      ByteArrayOutputStream sums = new ByteArrayOutputStream(96);
      for (int i = 1; i < columns.size(); i++) {
        Object cell = fact.cells().get(i);
        if (columns.get(i).kind() == Kind.TEXT) {
          key.append(cell == null ? "" : cell).append('\t');
        } else if (columns.get(i).kind() == Kind.SUM && cell instanceof Long sum) {
          writeVarint(sums, sum);
        }
      }
      insert.setString(1, (String) fact.cells().getFirst());
      insert.setLong(2, fact.timeMillis());
      insert.setString(3, key.toString());
      insert.setBytes(4, sums.toByteArray());
      insert.addBatch();
    }
    insert.executeBatch();
    open.commit();
    return minute.size();
  }

  private int curves(Connection open) throws SQLException {
    Map<List<Object>, long[]> curves = new HashMap<>();
    try (PreparedStatement query =
        open.prepareStatement(
            "SELECT time, key, sums FROM minute WHERE grouping = ? AND time >= ? AND time < ?")) {
      query.setString(1, GROUPING);
      query.setLong(2, START);
      query.setLong(3, START + hours * HOUR);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String[] key = row.getString(2).split("\t", -1);
          if (!key[0].equals(CONTENT)) {
            continue;
          }
          long[] sums =
              curves.computeIfAbsent(List.of(row.getLong(1) / STEP, key[2]), added -> new long[40]);
          ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(3));
          for (int i = 0; bytes.hasRemaining(); i++) {
            sums[i] += readVarint(bytes);
          }
        }
      }
    }
    return curves.size();
  }

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long left = value;
    while (left > 127) {
      out.write((int) (left & 127) | 128);
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static long readVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; true; shift += 7) {
      byte next = in.get();
      value |= (next & 127L) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private void report(long bytes, Task question) throws SQLException, IOException {
    System.out.printf(
        Locale.ROOT,
        "%,d rows: %.1f us of CPU each, %.1f bytes on the disk (%.0f MB)%n",
        rows,
        cpuNanos / 1e3 / rows,
        (double) bytes / rows,
        bytes / 1e6);
    int lines = question.run();
    double[] millis = new double[ROUNDS];
    long cpu = cpu();
    for (int round = 0; round < ROUNDS; round++) {
      long from = System.nanoTime();
      question.run();
      millis[round] = (System.nanoTime() - from) / 1e6;
    }
    cpu = cpu() - cpu;
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "curves of %d points: %.0f ms median, %.0f ms at most, %.0f ms of CPU%n",
        lines,
        millis[ROUNDS / 2],
        millis[ROUNDS - 1],
        cpu / 1e6 / ROUNDS);
  }
}
