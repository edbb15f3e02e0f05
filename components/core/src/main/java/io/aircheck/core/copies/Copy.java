package io.aircheck.core.copies;

import java.util.List;
import java.util.Map;

/**
 * A process that is one of the several that make one service.
 *
 * @param id of this run of the process: a process that starts again is another copy
 * @param address where the others reach its HTTP API
 * @param role what it does
 * @param version of Aircheck
 * @param detectors that it runs, by kind or pattern, such as {@code video.*}
 * @param labels streams that it takes have all of them; empty: any stream
 * @param capacity what it holds at most, in the unit of the cost of streams, not negative
 */
public record Copy(
    String id,
    String address,
    Role role,
    String version,
    List<String> detectors,
    Map<String, String> labels,
    double capacity) {
  /** What a copy does. */
  public enum Role {
    /** Answers requests and watches streams. */
    ALL,
    /** Answers requests only. */
    API,
    /** Watches streams only. */
    WORKER
  }

  public Copy {
    detectors = List.copyOf(detectors);
    labels = Map.copyOf(labels);
    if (!(capacity >= 0)) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
  }

  /** Whether it runs a detector. */
  boolean runs(String kind) {
    return detectors.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? kind.startsWith(pattern.substring(0, pattern.length() - 1))
                    : kind.equals(pattern));
  }
}
