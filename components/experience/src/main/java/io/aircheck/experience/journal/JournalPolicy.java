package io.aircheck.experience.journal;

import java.time.Duration;

/**
 * How much a journal keeps, and how surely.
 *
 * @param segmentBytes a file is followed by the next one when it has so many
 * @param segmentMillis or when its first entry is so old
 * @param keepMillis a file goes when its last entry is older
 * @param maxBytes the oldest files go when all have more
 * @param sync when what is written is forced to the disk
 */
public record JournalPolicy(
    long segmentBytes, long segmentMillis, long keepMillis, long maxBytes, Sync sync) {
  private static final long SEGMENT_BYTES = 64_000_000;
  private static final long SEGMENT_MILLIS = Duration.ofMinutes(10).toMillis();

  /**
   * @throws IllegalArgumentException if a length is not positive
   */
  public JournalPolicy {
    if (segmentBytes < 1 || segmentMillis < 1 || keepMillis < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("a journal that keeps nothing");
    }
  }

  /** Files of usual lengths. */
  public static JournalPolicy of(Duration keep, long maxBytes, Sync sync) {
    long segmentBytes = Math.min(SEGMENT_BYTES, Math.max(1, maxBytes / 8));
    return new JournalPolicy(segmentBytes, SEGMENT_MILLIS, keep.toMillis(), maxBytes, sync);
  }
}
