package io.aircheck.benchmarks;

import io.aircheck.benchmarks.HistoryStores.Incidents;
import io.aircheck.benchmarks.HistoryStores.Metrics;
import io.aircheck.storage.sql.SqlStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Whether incidents that were committed are there after {@code kill -9}, and how long the store
 * takes to open then: SQLite or DuckDB. A child process commits one after the other while it
 * appends metrics, tells each when it is durable, and is killed at a random moment.
 *
 * <p>{@code HistoryKills sqlite|duckdb FOLDER [KILLS]}
 */
public final class HistoryKills {
  private static final long SEED = 7;
  private static final int MOST_MILLIS = 2000;

  /** First argument of a child. */
  private static final String CHILD = "child";

  private HistoryKills() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(CHILD)) {
      commit(arguments[1], Path.of(arguments[2]), Integer.parseInt(arguments[3]));
      return;
    }
    String variant = arguments[0];
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int kills = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
    Random random = new Random(SEED);
    double[] millis = new double[kills];
    int told = 0;
    long missing = 0;
    for (int i = 0; i < kills; i++) {
      told = toldBeforeKill(variant, folder, told, random.nextInt(MOST_MILLIS));
      long start = System.nanoTime();
      try (Opened store = open(variant, folder)) {
        millis[i] = (System.nanoTime() - start) / 1e6;
        missing = 0;
        for (int number = 0; number < told; number++) {
          missing += store.holds(number) ? 0 : 1;
        }
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s: killed %d times; of %d incidents told, %d are missing; opened in %.0f ms (median),"
            + " %.0f ms at most%n",
        variant,
        kills,
        told,
        missing,
        millis[kills / 2],
        millis[kills - 1]);
  }

  /** Lets a child commit from a number on; one more than the last it told before it was killed. */
  private static int toldBeforeKill(String variant, Path folder, int from, int afterMillis)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HistoryKills.class.getName(),
                CHILD,
                variant,
                folder.toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int told = from;
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (told == from) {
          // By its handle: killed as a process, what it told last would not be read any more.
          CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS)
              .execute(() -> child.toHandle().destroyForcibly());
        }
        told = Integer.parseInt(line) + 1;
      }
    }
    child.waitFor();
    if (told == from) {
      throw new IOException("The child ended before it had committed anything.");
    }
    return told;
  }

  private static void commit(String variant, Path folder, int from) throws SQLException {
    Opened store = open(variant, folder);
    HistoryStores metrics = new HistoryStores(store.metrics(), store.incidents(), 2);
    for (int number = from; true; number++) {
      store.metrics().append(metrics.next());
      store.incidents().commit(HistoryStores.commit(number));
      System.out.println(number);
    }
  }

  private static Opened open(String variant, Path folder) throws SQLException {
    if (variant.equals("duckdb")) {
      DuckDb duckdb = DuckDb.open(folder);
      return new Opened(duckdb, duckdb, duckdb::holds, duckdb::close);
    }
    SqlStore sqlite = SqlStore.embedded(folder);
    return new Opened(
        HistoryStores.ofSqlite(sqlite),
        HistoryStores.ofIncidents(sqlite),
        id -> sqlite.incidents().find(id).isPresent(),
        sqlite::close);
  }

  private interface Holder {
    boolean holds(String incident) throws SQLException;
  }

  private interface Closer {
    void close() throws SQLException;
  }

  /** A store that is open. */
  private record Opened(Metrics metrics, Incidents incidents, Holder holder, Closer closer)
      implements AutoCloseable {

    boolean holds(int number) throws SQLException {
      return holder.holds(HistoryStores.commit(number).changes().getFirst().incident().id());
    }

    @Override
    public void close() throws SQLException {
      closer.close();
    }
  }
}
