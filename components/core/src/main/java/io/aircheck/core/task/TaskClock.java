package io.aircheck.core.task;

import java.time.Duration;

/** Time as a task sees it; the only clock between a source and its detectors. */
public interface TaskClock {
  /** The machine's clock. */
  TaskClock SYSTEM =
      new TaskClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /** Monotonic time in nanoseconds from an arbitrary origin. */
  long nanoTime();

  /** Waits on the calling thread. */
  void sleep(Duration duration) throws InterruptedException;
}
