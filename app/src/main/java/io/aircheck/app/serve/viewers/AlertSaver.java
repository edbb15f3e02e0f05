package io.aircheck.app.serve.viewers;

import io.aircheck.experience.alert.AlertState;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes what is learnt of viewers every few minutes and at the end, on a thread of its own: with
 * thousands of cohorts it takes a second or two. To be used by one thread.
 */
final class AlertSaver implements AutoCloseable {
  private static final long EVERY_MILLIS = 300_000;
  private static final int PATIENCE_SECONDS = 20;

  private final AlertFile file;
  private final Supplier<AlertState> state;
  private final Consumer<String> log;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("aircheck-viewer-alerts").factory());
  private long nextMillis = Long.MIN_VALUE;

  /** Of the thread: whether the latest writing failed, so that it is told once. */
  private boolean failed;

  /** Of the thread: up to when what was written last was learnt. */
  private long writtenMillis;

  /**
   * @param state what to write
   * @param log told one line about what an operator should know
   */
  AlertSaver(AlertFile file, Supplier<AlertState> state, Consumer<String> log) {
    this.file = file;
    this.state = state;
    this.log = log;
    this.writtenMillis = state.get().lastMillis();
  }

  /** Writes it if it is time to. */
  void look(long nowMillis) {
    if (nextMillis == Long.MIN_VALUE) {
      nextMillis = nowMillis + EVERY_MILLIS;
    }
    if (nowMillis >= nextMillis) {
      nextMillis = nowMillis + EVERY_MILLIS;
      Future<?> unused = thread.submit(this::write);
    }
  }

  private void write() {
    AlertState now = state.get();
    if (now.lastMillis() == writtenMillis) {
      return;
    }
    try {
      file.write(now);
      writtenMillis = now.lastMillis();
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        log.accept(
            "what is usual for viewers cannot be kept for the next start: " + e.getMessage());
      }
      failed = true;
    }
  }

  /** Writes it once more. */
  @Override
  public void close() {
    Future<?> unused = thread.submit(this::write);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log.accept("what is usual for viewers is still being written; the time before is kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
