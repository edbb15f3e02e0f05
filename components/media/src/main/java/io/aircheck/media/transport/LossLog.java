package io.aircheck.media.transport;

import java.util.function.LongConsumer;

/**
 * Where packets were lost lately, so that whoever sees timestamps step can tell missing media from
 * a jump of the clock. Remembers the last {@value #CAPACITY} losses.
 *
 * <p>Not thread-safe; belongs to its {@link TransportAnalyzer}.
 */
public final class LossLog {
  private static final int CAPACITY = 1024;

  private final long[] positions = new long[CAPACITY];
  private int count;
  private LongConsumer listener = position -> {};

  LossLog() {}

  /** Lets somebody hear of each loss as it is found, with its byte position. */
  public void listen(LongConsumer newListener) {
    listener = newListener;
  }

  void add(long position) {
    listener.accept(position);
    positions[count++ & (CAPACITY - 1)] = position;
    if (count == 2 * CAPACITY) {
      count = CAPACITY;
    }
  }

  /**
   * Whether packets that carry the programme were lost between two byte positions, both included.
   */
  public boolean lostBetween(long fromPosition, long toPosition) {
    for (int i = 0; i < Math.min(count, CAPACITY); i++) {
      if (positions[i] >= fromPosition && positions[i] <= toPosition) {
        return true;
      }
    }
    return false;
  }
}
