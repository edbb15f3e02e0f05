package io.aircheck.core.task;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task has lost its input, since when, and when to try again. While it is lost, media
 * time goes on by the clock. One thread; only {@link #giveUp} may be called from another.
 */
final class InputLoss {
  private final RetryPolicy retry;
  private final TaskClock clock;
  private final RandomGenerator random;

  private int failuresInRow;
  private long lostAtNanos;
  private long lostAtMicros;
  private boolean lost;
  private boolean mendable;

  /** Guards the two below: who waits is interrupted while it waits, and never later. */
  private final Object waiting = new Object();

  /** Null again as soon as it was interrupted. */
  private @Nullable Thread waiter;

  private boolean givenUp;

  InputLoss(RetryPolicy retry, TaskClock clock, RandomGenerator random) {
    this.retry = retry;
    this.clock = clock;
    this.random = random;
  }

  /** Whether the input is lost now. */
  boolean isNow() {
    return lost;
  }

  /**
   * The input failed, or could not be opened.
   *
   * @param mediaMicros media time reached
   * @param mayMend whether it may come back by itself soon
   */
  void failed(long mediaMicros, boolean mayMend) {
    failuresInRow++;
    if (!lost) {
      lost = true;
      lostAtNanos = clock.nanoTime();
      lostAtMicros = mediaMicros;
    }
    mendable = mayMend;
  }

  /** Media arrived: the next failure is the first one again. */
  void arrived() {
    failuresInRow = 0;
  }

  /** Ends the loss; whether there was one. */
  boolean end() {
    boolean was = lost;
    lost = false;
    return was;
  }

  /**
   * Waits until it is time to try again, or nobody wants to.
   *
   * @throws InterruptedException when the thread was interrupted by somebody else
   */
  void await() throws InterruptedException {
    synchronized (waiting) {
      if (givenUp) {
        return;
      }
      waiter = Thread.currentThread();
    }
    try {
      clock.sleep(retry.delay(failuresInRow, mendable, random));
    } catch (InterruptedException e) {
      if (!isGivenUp()) {
        throw e;
      }
    } finally {
      stopWaiting();
    }
  }

  private void stopWaiting() {
    synchronized (waiting) {
      if (waiter == null) {
        // The interrupt may have come when the wait was just over: it was meant for nothing else.
        Thread.interrupted();
      }
      waiter = null;
    }
  }

  private boolean isGivenUp() {
    synchronized (waiting) {
      return givenUp;
    }
  }

  /** Nobody wants to try again: ends the wait, and every later one. From any thread. */
  void giveUp() {
    synchronized (waiting) {
      givenUp = true;
      if (waiter != null) {
        waiter.interrupt();
        waiter = null;
      }
    }
  }

  /**
   * Media time now.
   *
   * @param mediaMicros media time reached, for an input that is not lost
   */
  long expectedMicros(long mediaMicros) {
    return lost ? lostAtMicros + (clock.nanoTime() - lostAtNanos) / 1000 : mediaMicros;
  }
}
