package io.aircheck.storage.parquet;

import io.aircheck.core.store.StoreException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What tables of facts share: a database that writes, and one that answers a question at a time, so
 * that neither waits for the other. Thread-safe.
 */
public final class FactEngine implements AutoCloseable {
  private final FactLimits limits;
  private final Path spill;
  private final DuckDb writer;
  private final DuckDb reader;
  private final Semaphore questions = new Semaphore(1, true);
  private final Semaphore exports = new Semaphore(1, true);

  /**
   * Starts the databases.
   *
   * @param spill a folder for what has no room in memory; made when it is needed
   * @throws StoreException when they cannot be started
   */
  public FactEngine(FactLimits limits, Path spill) {
    this.limits = limits;
    this.spill = spill;
    this.writer = DuckDb.inBackground("aircheck-archive-writer", spill, limits.memoryBytes());
    this.reader =
        new DuckDb("aircheck-archive-reader", spill, limits.memoryBytes(), limits.threads());
  }

  FactLimits limits() {
    return limits;
  }

  /** The database that writes. */
  DuckDb writer() {
    return writer;
  }

  /** The database that answers; it is used {@linkplain #asking in turn}. */
  DuckDb reader() {
    return reader;
  }

  /**
   * A database for an export, to be closed after it; it is used {@linkplain #exporting in turn}.
   */
  DuckDb exporter() {
    return DuckDb.inBackground("aircheck-archive-export", spill, limits.memoryBytes());
  }

  /**
   * Asks when nobody else does.
   *
   * @throws StoreException when others take too long
   */
  <T> T asking(Supplier<T> question) {
    return inTurn(questions, question);
  }

  /** Exports when nobody else does, as {@link #asking}. */
  <T> T exporting(Supplier<T> export) {
    return inTurn(exports, export);
  }

  private <T> T inTurn(Semaphore turn, Supplier<T> task) {
    try {
      if (!turn.tryAcquire(limits.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException("others are asking; try it again in a moment", true, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted", true, e);
    }
    try {
      return task.get();
    } finally {
      turn.release();
    }
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
