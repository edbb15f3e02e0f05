package io.aircheck.media.segments;

import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Which segments were read to their end at which media time, so that the place that decoding has
 * reached can be named by a media sequence number. Thread-safe.
 */
public final class SegmentProgress {

  /** Entries kept: reading is ahead of decoding by a few segments at most. */
  private static final int MAX_ENTRIES = 256;

  private final ArrayDeque<Position> completed = new ArrayDeque<>();
  private Position reached;

  /**
   * A place between two segments.
   *
   * @param sequence media sequence number of the segment before it; -1 before the first
   * @param mediaMicros media time
   */
  public record Position(long sequence, long mediaMicros) {

    /** As a token. */
    public String token() {
      return "hls/" + sequence + "/" + mediaMicros;
    }

    /** Reads a token; empty when it is none. */
    public static Optional<Position> parse(String token) {
      String[] parts = token.split("/");
      boolean valid =
          parts.length == 3
              && parts[0].equals("hls")
              && parts[1].matches("-?\\d{1,18}")
              && parts[2].matches("-?\\d{1,18}");
      return valid
          ? Optional.of(new Position(Long.parseLong(parts[1]), Long.parseLong(parts[2])))
          : Optional.empty();
    }
  }

  /** Progress that starts at a place. */
  public SegmentProgress(Position start) {
    reached = start;
  }

  /** A segment was read to its end, which is at a media time. */
  synchronized void completed(long sequence, long endMicros) {
    completed.add(new Position(sequence, endMicros));
    if (completed.size() > MAX_ENTRIES) {
      completed.removeFirst();
    }
  }

  /** The last place between two segments that decoding has passed. */
  public synchronized Position at(long mediaMicros) {
    while (!completed.isEmpty() && completed.getFirst().mediaMicros() <= mediaMicros) {
      reached = completed.removeFirst();
    }
    return reached;
  }
}
