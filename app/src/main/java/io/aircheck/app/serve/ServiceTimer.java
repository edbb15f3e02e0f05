package io.aircheck.app.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work of the service that goes by the clock, on one thread. What fails once is told, and goes on
 * the next time. Thread-safe.
 */
final class ServiceTimer implements AutoCloseable {
  private final Consumer<String> log;
  private final ScheduledExecutorService executor;

  /** What is to be done once; null: nothing. */
  private @Nullable ScheduledFuture<?> once;

  /**
   * @param name of its thread
   * @param log told one line about each failure
   */
  ServiceTimer(String name, Consumer<String> log) {
    this.log = log;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Works at once and again after each interval.
   *
   * @param failure what it means when the work fails
   */
  void every(Duration interval, String failure, Runnable work) {
    executor.scheduleWithFixedDelay(
        () -> run(failure, work), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Works once, instead of what this was last called for.
   *
   * @param delay empty: not at all
   */
  synchronized void after(Optional<Duration> delay, String failure, Runnable work) {
    if (once != null) {
      once.cancel(false);
      once = null;
    }
    if (delay.isPresent()) {
      long millis = Math.max(1, delay.get().toMillis());
      try {
        once = executor.schedule(() -> run(failure, work), millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // Closed meanwhile: there is nothing to be done any more.
        return;
      }
    }
  }

  private void run(String failure, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.accept(failure + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
