package io.aircheck.media.segments;

import java.util.concurrent.CountDownLatch;

/** Time that passes only when somebody waits; tells who watches what time it is now. */
final class FakePace implements Pace {

  /** Told of the time, in milliseconds, whenever it has moved on. */
  @FunctionalInterface
  interface Watcher {
    void now(long millis);
  }

  private final Watcher watcher;
  private long nowMillis;

  FakePace(Watcher watcher) {
    this.watcher = watcher;
  }

  @Override
  public synchronized long nowMillis() {
    return nowMillis;
  }

  @Override
  public synchronized void pause(long millis, CountDownLatch stop) {
    nowMillis += millis;
    watcher.now(nowMillis);
  }
}
