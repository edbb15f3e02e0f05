package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.viewer.FactOutlet;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An outlet whose store is away for a moment, and whose worker dies when the store has a file and
 * nobody knows yet: the second file it publishes is refused, the fourth is the last one it does.
 *
 * @param outlet what works
 * @param tries files that were to be published, of all workers
 */
record FalteringOutlet(FactOutlet outlet, AtomicInteger tries) implements FactOutlet {
  private static final int REFUSED = 2;

  /** So many tries until it has failed in both ways. */
  static final int LAST = 4;

  @Override
  public List<File> make(List<Fact> facts) throws IOException {
    return outlet.make(facts);
  }

  @Override
  public void publish(File file) throws IOException {
    int now = tries.incrementAndGet();
    if (now == REFUSED) {
      throw new IOException("the bucket is away");
    }
    outlet.publish(file);
    if (now == LAST) {
      throw new IllegalStateException("dies between the file and the news of it");
    }
  }

  @Override
  public void close() {
    outlet.close();
  }
}
