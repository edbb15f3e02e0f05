package io.aircheck.app.serve;

import io.aircheck.app.serve.mutes.MuteRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Forgets what is over for long enough, every few minutes: mutes that have ended, and old
 * incidents. Thread-safe.
 */
final class Housekeeping implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final ServiceSurroundings around;
  private final ActiveSettings active;
  private final MuteRegistry mutes;
  private final Duties duties;

  /** Of its own: a bucket that is away keeps it for minutes, and news must not wait for that. */
  private final ServiceTimer timer;

  Housekeeping(
      ServiceSurroundings around, ActiveSettings active, MuteRegistry mutes, Duties duties) {
    this.around = around;
    this.active = active;
    this.mutes = mutes;
    this.duties = duties;
    this.timer = new ServiceTimer("aircheck-housekeeping", around.log());
  }

  /** Begins, at once. */
  void begin() {
    timer.every(INTERVAL, "old incidents could not be removed", this::keepHouse);
  }

  private void keepHouse() {
    mutes.forgetEnded();
    try {
      long before =
          around.clock().millis() - active.now().settings().history().incidentsFor().toMillis();
      duties.forgetBefore(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
