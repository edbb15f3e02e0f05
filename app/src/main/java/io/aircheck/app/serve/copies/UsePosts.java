package io.aircheck.app.serve.copies;

import io.aircheck.core.copies.StatusBoard;
import io.aircheck.core.copies.StatusBoard.Use;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Tells the others every few seconds what this copy has used. One thread. */
final class UsePosts {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Host host;
  private final String copy;
  private long postedNanos = System.nanoTime() - INTERVAL_NANOS;
  private double watchedSeconds;
  private double countedSeconds;

  /**
   * @param copy id of this one
   */
  UsePosts(Host host, String copy) {
    this.host = host;
    this.copy = copy;
  }

  /**
   * Posts what has been used so far, when it is time to.
   *
   * @param streams that are watched here
   * @param counts which of them this copy counts the seconds of
   */
  void post(StatusBoard board, Set<String> streams, Predicate<String> counts) {
    long now = System.nanoTime();
    if (now - postedNanos < INTERVAL_NANOS) {
      return;
    }
    Usage usage = host.usage();
    double seconds = usage.of(Quantity.STREAM_SECONDS);
    double counted = streams.stream().filter(counts).count();
    // All of them have been watched for as long as each other, but for those that came meanwhile.
    countedSeconds +=
        (seconds - watchedSeconds) * (streams.isEmpty() ? 1 : counted / streams.size());
    watchedSeconds = seconds;
    Map<Quantity, Double> amounts = new EnumMap<>(Quantity.class);
    amounts.putAll(usage.amounts());
    amounts.put(Quantity.STREAM_SECONDS, countedSeconds);
    board.post(copy, new Use(new Usage(amounts), host.viewerUsage(), host.streamGb()));
    postedNanos = now;
  }
}
