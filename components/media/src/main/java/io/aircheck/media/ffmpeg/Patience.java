package io.aircheck.media.ffmpeg;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How long to wait for data, and when waiting has taken so long that it has to be told. */
final class Patience {
  /** How often whoever waits for a live input looks at what else was noted. */
  private static final Duration LOOK_UP = Duration.ofMillis(250);

  private final Duration readTimeout;
  private final boolean live;
  private long arrivedNanos = System.nanoTime();
  private long toldNanos = arrivedNanos;

  /**
   * @param live whether silence is waited out in short steps, or one wait decides
   */
  Patience(Duration readTimeout, boolean live) {
    this.readTimeout = readTimeout;
    this.live = live;
  }

  /** Longest wait from now on. */
  Duration next() {
    if (!live) {
      return readTimeout;
    }
    Duration left = readTimeout.minusNanos(System.nanoTime() - toldNanos);
    return left.isNegative() ? Duration.ZERO : left.compareTo(LOOK_UP) > 0 ? LOOK_UP : left;
  }

  /** Data came. */
  void arrived() {
    arrivedNanos = System.nanoTime();
    toldNanos = arrivedNanos;
  }

  /** Milliseconds of silence, once for each read time-out that passes in it. */
  OptionalLong exhausted() {
    long now = System.nanoTime();
    if (now - toldNanos < readTimeout.toNanos()) {
      return OptionalLong.empty();
    }
    toldNanos = now;
    return OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(now - arrivedNanos));
  }
}
