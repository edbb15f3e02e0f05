package io.aircheck.app.serve.streams;

import java.util.HashMap;
import java.util.Map;

/**
 * What streams have used of late: the exponentially weighted mean of what was measured, so that a
 * stream that stalls for a moment is not called cheap. Changed by one thread at a time; read by
 * any.
 */
final class RecentCosts {
  /** After so long without any use, a third of what was used before is left. */
  static final double MEMORY_MILLIS = 60_000;

  private volatile Map<String, Double> cores = Map.of();
  private long measuredMillis;

  /**
   * Takes note of a measurement. Streams that are not in it are forgotten.
   *
   * @param nowMillis when it was made
   * @param measured cores that each stream used since the one before
   */
  void add(long nowMillis, Map<String, Double> measured) {
    double weight = 1 - Math.exp(-Math.max(0, nowMillis - measuredMillis) / MEMORY_MILLIS);
    measuredMillis = nowMillis;
    Map<String, Double> next = new HashMap<>();
    measured.forEach(
        (stream, used) -> {
          double before = cores.getOrDefault(stream, used);
          next.put(stream, before + weight * (used - before));
        });
    cores = next;
  }

  /** Cores that a stream has used; 0 when it was not measured. */
  double of(String stream) {
    return cores.getOrDefault(stream, 0.0);
  }
}
