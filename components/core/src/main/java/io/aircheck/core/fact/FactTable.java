package io.aircheck.core.fact;

import io.aircheck.core.store.StoreException;
import java.util.List;

/**
 * A table of facts, hour by hour, that is added to in batches: what is staged for a batch is in
 * answers at once, and in the table for good when the batch is committed. A process that ends
 * without committing leaves nothing of a batch, so that whoever stages it anew from what he has
 * adds it exactly once. Facts of a batch with equal keys and times become one.
 *
 * <p>A batch is named by the start of an hour, and has facts of that hour and of earlier ones.
 * Thread-safe; one thread stages and commits.
 *
 * <p>Every method throws a {@link StoreException} when it cannot do its work. {@link #ask} and
 * {@link #spread} also do when a question is too large, takes too long, or others are asking.
 */
public interface FactTable extends AutoCloseable {
  /** Earlier than any batch. */
  long NOTHING = Long.MIN_VALUE;

  /** Most lines of an answer. */
  int MOST_LINES = 100_000;

  /** What its facts have. */
  FactLayout layout();

  /** The latest batch that is committed; {@link #NOTHING}: none is. */
  long committed();

  /**
   * Adds facts to a batch that is not committed yet.
   *
   * @param batchMillis start of its hour
   */
  void stage(long batchMillis, List<Fact> facts);

  /** Keeps what was staged for a batch, and for those before it, for good. */
  void commit(long batchMillis);

  /** Answers a question, in no order. */
  List<FactLine> ask(FactQuestion question);

  /**
   * How a quotient is spread over facts, by its divisor as weight; sums, counts and steps are not
   * asked for.
   *
   * @param over the sum that is divided
   * @param under the sum that it is divided by; facts in which it is not above zero do not count
   */
  List<FactSpread> spread(FactQuestion question, String over, String under);

  /**
   * Erases facts, committed or not.
   *
   * @param number a column of numbers
   * @param value the one whose facts go
   * @return whether there were any
   */
  boolean erase(String number, long value);

  /** Forgets hours that begin before a time. */
  void removeBefore(long millis);

  /** Bytes of what is kept, as far as it is kept here. */
  long bytes();

  @Override
  void close();

  /** What is thrown when an answer would have more lines than {@link #MOST_LINES}. */
  static StoreException tooManyLines() {
    return new StoreException(
        "the answer has more than %,d lines; ask for fewer dimensions, a shorter time or longer steps"
            .formatted(MOST_LINES),
        false,
        null);
  }
}
