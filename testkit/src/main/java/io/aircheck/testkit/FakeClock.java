package io.aircheck.testkit;

import io.aircheck.core.task.TaskClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that only sleeping and {@link #advance} move. */
public final class FakeClock implements TaskClock {
  private final List<Duration> sleeps = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    sleeps.add(duration);
    nanos += duration.toNanos();
  }

  /** Time passes without anybody sleeping. */
  public synchronized void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  /** All sleeps so far. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
