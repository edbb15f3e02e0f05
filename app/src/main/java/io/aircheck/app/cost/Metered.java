package io.aircheck.app.cost;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;

/**
 * What was used in a time.
 *
 * @param streams watched at once
 * @param usage of all of them together, seconds of stream included
 * @param wallSeconds how long it took
 */
public record Metered(int streams, Usage usage, double wallSeconds) {
  public Metered {
    if (streams < 1 || !(wallSeconds > 0) || usage.of(Quantity.STREAM_SECONDS) == 0) {
      throw new IllegalArgumentException("nothing was watched");
    }
  }

  /** Memory held on average, GB. */
  public double memoryGb() {
    return usage.of(Quantity.MEMORY_GB_SECONDS) / wallSeconds;
  }

  /** How fast the streams were watched, in times the speed of a viewer. */
  public double pace() {
    return usage.of(Quantity.STREAM_SECONDS) / (streams * wallSeconds);
  }
}
