package io.aircheck.app.serve.viewers;

import io.aircheck.experience.engine.Audience;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Passes on what viewers' reports told, on a thread of its own, until it is closed. All sessions
 * tell what a window held within two seconds: often is more even than much at a time.
 */
final class PassingOn implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 50;

  private final Audience audience;
  private final Consumer<String> log;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-viewer-news").factory());

  /**
   * Begins.
   *
   * @param log told one line about what an operator should know
   */
  PassingOn(Audience audience, Consumer<String> log) {
    this.audience = audience;
    this.log = log;
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            this::passOn, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void passOn() {
    try {
      audience.passOn();
    } catch (RuntimeException e) {
      log.accept("what viewers reported could not be passed on: " + e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
