package io.aircheck.deploy.flink.viewers;

import java.io.Serializable;
import java.time.Duration;

/**
 * When sums of windows are told, by the time of events.
 *
 * @param first so long after their end for the first time
 * @param again and if they have changed, no more often than so
 * @param last what comes so long after their end is too late
 */
public record WindowTimes(Duration first, Duration again, Duration last) implements Serializable {
  /** What fits players that report every 30 s, and tells an hour's stragglers. */
  public static final WindowTimes DEFAULT =
      new WindowTimes(Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofHours(1));

  /**
   * @throws IllegalArgumentException if they are not in this order
   */
  public WindowTimes {
    if (first.isNegative() || !again.isPositive() || last.compareTo(first) <= 0) {
      throw new IllegalArgumentException("times of windows");
    }
  }
}
