package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ViewerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is kept of viewers since earlier settings said so: switching off collects nothing more, and
 * what was collected has its promises still, to be forgotten in time and erased on demand.
 * Thread-safe.
 */
public final class LeftViewers implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final LeftReports reports;
  private final boolean reportsGoOn;
  private final LeftArchive archive;
  private final Consumer<String> log;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-viewers-left").factory());

  /**
   * What is left; begins to forget it in time.
   *
   * @param folder of the journal
   * @param goOn whether reports are kept here now
   */
  public LeftViewers(
      ViewerSettings settings, Path folder, boolean goOn, ViewerSurroundings around) {
    this.reports = new LeftReports(settings, folder, around.clock());
    this.reportsGoOn = goOn;
    this.archive =
        new LeftArchive(
            settings.archive(),
            goOn && settings.archive().enabled(),
            Viewers.archiveBeside(folder),
            around);
    this.log = around.log();
    if (isAny()) {
      Future<?> unused =
          timer.scheduleWithFixedDelay(this::forget, 0, INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Whether there may be anything. */
  public boolean isAny() {
    return (!reportsGoOn && reports.isAny()) || archive.isAny();
  }

  /**
   * Erases a session.
   *
   * @return whether there was anything
   * @throws IOException when it cannot be erased everywhere, with what is to be done
   */
  public boolean erase(String session) throws IOException {
    boolean sent = !reportsGoOn && reports.erase(session);
    return archive.erase(session) || sent;
  }

  private void forget() {
    try {
      if (!reportsGoOn) {
        reports.forget();
      }
      archive.forget();
    } catch (IOException | RuntimeException e) {
      log.accept("what is left of viewers could not be forgotten in time: " + e.getMessage());
    }
  }

  /** Stops, when what is being forgotten is: nobody uses the folder any more then. */
  @Override
  public void close() {
    timer.close();
  }
}
