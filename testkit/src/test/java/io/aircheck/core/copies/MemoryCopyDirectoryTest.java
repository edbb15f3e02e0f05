package io.aircheck.core.copies;

import io.aircheck.testkit.CopyDirectoryContract;
import io.aircheck.testkit.FakeClock;
import java.time.Duration;

class MemoryCopyDirectoryTest extends CopyDirectoryContract {
  private final FakeClock clock = new FakeClock();
  private final CopyDirectory directory = new MemoryCopyDirectory(clock);

  @Override
  protected CopyDirectory open() {
    return directory;
  }

  @Override
  protected CopyDirectory openAgain() {
    return directory;
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }
}
