package io.aircheck.testkit;

import io.aircheck.core.task.TaskClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock that only sleeping and {@link #advance} move; its wall clock starts at the epoch. */
public final class FakeClock implements TaskClock, InstantSource {
  private final List<Duration> sleeps = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized Instant instant() {
    return Instant.EPOCH.plusNanos(nanos);
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
