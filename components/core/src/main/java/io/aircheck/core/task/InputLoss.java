package io.aircheck.core.task;

import java.util.random.RandomGenerator;

/**
 * Whether a task has lost its input, since when, and when to try again. While it is lost, media
 * time goes on by the clock. One thread.
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

  /** Waits until it is time to try again. */
  void await() throws InterruptedException {
    clock.sleep(retry.delay(failuresInRow, mendable, random));
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
