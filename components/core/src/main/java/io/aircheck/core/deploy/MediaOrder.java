package io.aircheck.core.deploy;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Brings what the tasks of one stream observe into the order of media time, and then through a
 * chain of folds. Tasks run ahead of each other by chance; folds must not see that: an observation
 * reaches them only when every task has come as far, so that the same media gives the same result
 * wherever it runs. How far each task has come, and which of them is not waited for, is known to
 * whoever runs them. Not thread-safe.
 */
public final class MediaOrder {

  /**
   * An observation that waits.
   *
   * @param atMicros media time that its task had reached before, microseconds
   * @param lane place of its task among the tasks
   * @param serial place among the observations that came
   */
  public record Waiting(long atMicros, int lane, long serial, StreamObservation observation) {}

  private final FoldChain chain;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::atMicros)
              .thenComparingInt(Waiting::lane)
              .thenComparingLong(Waiting::serial));
  private long serial;

  /** An order that knows nothing yet. */
  public MediaOrder(FoldChain chain) {
    this.chain = chain;
  }

  /**
   * Goes on from where another one was.
   *
   * @param waiting what waited there
   * @param serial number of observations that had come there
   */
  public MediaOrder(FoldChain chain, List<Waiting> waiting, long serial) {
    this(chain);
    this.waiting.addAll(waiting);
    this.serial = serial;
  }

  /** An observation of a task that had reached a media time, microseconds. */
  public void add(int lane, long atMicros, StreamObservation observation) {
    if (!chain.isEmpty()) {
      waiting.add(new Waiting(atMicros, lane, serial++, observation));
    }
  }

  /**
   * Lets through what no task can go before any more.
   *
   * @param slowestMicros media time that the slowest task has reached, microseconds; {@link
   *     Long#MAX_VALUE}: there is none to wait for
   */
  public void release(long slowestMicros) {
    // Observations still to come at this very time must not be overtaken.
    long watermark = slowestMicros == Long.MAX_VALUE ? slowestMicros : slowestMicros - 1;
    while (!waiting.isEmpty() && waiting.peek().atMicros() <= watermark) {
      Waiting next = waiting.remove();
      chain.advance(next.atMicros());
      chain.accept(next.observation());
    }
    if (watermark != Long.MAX_VALUE) {
      chain.advance(watermark);
    }
  }

  /** All tasks have ended: lets the rest through and closes what the folds hold open. */
  public void finish() {
    release(Long.MAX_VALUE);
    chain.finish();
  }

  /** What waits, in no order. */
  public List<Waiting> waiting() {
    return List.copyOf(waiting);
  }

  /** Number of observations that have come. */
  public long serial() {
    return serial;
  }
}
