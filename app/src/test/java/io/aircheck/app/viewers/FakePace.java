package io.aircheck.app.viewers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when somebody waits. Thread-safe. */
final class FakePace implements Pace {
  final List<Long> waits = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong(1_800_000_000_000L);

  @Override
  public long nowMillis() {
    return now.get();
  }

  @Override
  public void sleep(long millis) {
    waits.add(millis);
    now.addAndGet(millis);
  }
}
