package io.aircheck.media.segments;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Wall-clock time and waiting, so that tests need neither. Thread-safe. */
public interface Pace {

  /** The machine's clock. */
  Pace SYSTEM =
      new Pace() {
        @Override
        public long nowMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public void pause(long millis, CountDownLatch stop) throws InterruptedException {
          stop.await(millis, TimeUnit.MILLISECONDS);
        }
      };

  /** Wall-clock time, milliseconds since the epoch. */
  long nowMillis();

  /** Waits for a time, or until {@code stop} opens. */
  void pause(long millis, CountDownLatch stop) throws InterruptedException;
}
