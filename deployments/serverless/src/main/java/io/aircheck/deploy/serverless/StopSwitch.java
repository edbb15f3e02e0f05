package io.aircheck.deploy.serverless;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Ends what runs, and what begins later as well. Thread-safe. */
final class StopSwitch {
  private final Set<Runnable> running = new LinkedHashSet<>();
  private boolean stopped;

  /** Something that runs, until it is closed. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Watches over something that runs.
   *
   * @param end makes it end soon; called from another thread, or now when all is stopped already
   */
  synchronized Watch watch(Runnable end) {
    running.add(end);
    if (stopped) {
      end.run();
    }
    return () -> forget(end);
  }

  private synchronized void forget(Runnable end) {
    running.remove(end);
  }

  /** Ends everything. */
  synchronized void stop() {
    stopped = true;
    running.forEach(Runnable::run);
    notifyAll();
  }

  /** Waits on the calling thread for so long, or until everything is to end. */
  synchronized void sleep(Duration duration) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + duration.toNanos();
    long leftNanos = duration.toNanos();
    while (!stopped && leftNanos > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
      leftNanos = deadlineNanos - System.nanoTime();
    }
  }

  synchronized boolean isStopped() {
    return stopped;
  }
}
