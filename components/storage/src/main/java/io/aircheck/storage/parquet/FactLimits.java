package io.aircheck.storage.parquet;

import java.time.Duration;

/**
 * What questions may use. Writing and exporting have as much memory each, besides.
 *
 * @param memoryBytes most memory of the database that answers; what needs more spills to the disk
 *     or is refused
 * @param threads most threads of it
 * @param timeout a question that takes longer is given up, and one that waits longer for another is
 *     refused
 */
public record FactLimits(long memoryBytes, int threads, Duration timeout) {
  private static final long LEAST_MEMORY = 64_000_000;

  /**
   * @throws IllegalArgumentException if nothing can be answered with so little
   */
  public FactLimits {
    if (memoryBytes < LEAST_MEMORY || threads < 1 || timeout.toSeconds() < 1) {
      throw new IllegalArgumentException("limits that leave no room to answer");
    }
  }
}
