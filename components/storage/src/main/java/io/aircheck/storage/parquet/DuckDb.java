package io.aircheck.storage.parquet;

import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB without a file of its own, within bounds of memory and threads; what needs more memory
 * than that spills to a folder. Works on a thread of its own, one after the other: a virtual thread
 * that waits in native code would hold up others. Thread-safe.
 */
final class DuckDb implements AutoCloseable {
  private final DuckDBConnection connection;
  private final ExecutorService thread;

  /** What is done with the database. */
  interface Work<T> {
    T with(DuckDBConnection connection) throws SQLException, IOException;
  }

  /**
   * Starts one.
   *
   * @param name of its thread
   * @param spill where it puts what has no room; made when it is needed
   * @param memoryBytes most memory, apart from some that it does not count
   * @param threads most threads, that of its own included
   * @throws StoreException when the library cannot be loaded
   */
  DuckDb(String name, Path spill, long memoryBytes, int threads) {
    this(name, spill, memoryBytes, threads, work -> work);
  }

  /** Starts one with a single thread, which gives way to others. */
  static DuckDb inBackground(String name, Path spill, long memoryBytes) {
    return new DuckDb(
        name,
        spill,
        memoryBytes,
        1,
        work ->
            () -> {
              BackgroundThread.giveWay();
              work.run();
            });
  }

  private DuckDb(
      String name, Path spill, long memoryBytes, int threads, UnaryOperator<Runnable> begin) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name(name).factory();
    thread = Executors.newSingleThreadExecutor(work -> factory.newThread(begin.apply(work)));
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
      DuckDbLibrary.removeCopies(
          Path.of(System.getProperty("java.io.tmpdir")), System.currentTimeMillis());
      try (Statement statement = connection.createStatement()) {
        for (String setting :
            List.of(
                "memory_limit = '%d B'".formatted(memoryBytes),
                "threads = " + threads,
                "temp_directory = " + FactSql.text(spill.toString()),
                "max_temp_directory_size = '%d B'".formatted(20 * memoryBytes),
                "autoinstall_known_extensions = false",
                "autoload_known_extensions = false",
                "TimeZone = 'UTC'",
                "lock_configuration = true")) {
          statement.execute("SET " + setting);
        }
      }
    } catch (SQLException | LinkageError e) {
      thread.shutdown();
      throw new StoreException("DuckDB cannot be started: " + e.getMessage(), false, e);
    }
  }

  /**
   * Does some work, and waits for it.
   *
   * @throws StoreException when it cannot be done
   */
  <T> T run(Work<T> work) {
    Callable<T> task = () -> work.with(connection);
    try {
      return thread.submit(task).get();
    } catch (ExecutionException e) {
      throw problem(Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted", true, e);
    }
  }

  /** Runs a statement. */
  void execute(String sql) {
    boolean unused =
        run(
            open -> {
              try (Statement statement = open.createStatement()) {
                return statement.execute(sql);
              }
            });
  }

  private static RuntimeException problem(Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case SQLTimeoutException e ->
          new StoreException(
              "the question took too long and was given up; ask for a shorter time or less, or"
                  + " again when less is going on",
              true,
              e);
      case SQLException e when String.valueOf(e.getMessage()).startsWith("Out of Memory") ->
          new StoreException(
              "the question needs more memory than it may; ask for a shorter time or fewer"
                  + " dimensions",
              false,
              e);
      default ->
          new StoreException(
              "the archive cannot be used: "
                  + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
              true,
              cause);
    };
  }

  @Override
  public void close() {
    thread.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("DuckDB cannot be closed: " + e.getMessage(), false, e);
    }
  }
}
