package io.aircheck.app.viewers;

/** The time that passes here, and waiting for it. Thread-safe. */
public interface Pace {
  /** The clock of this machine. */
  Pace SYSTEM =
      new Pace() {
        @Override
        public long nowMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
          Thread.sleep(millis);
        }
      };

  /** Milliseconds since the epoch. */
  long nowMillis();

  /** Waits. */
  void sleep(long millis) throws InterruptedException;
}
