package io.aircheck.core.viewer;

import io.aircheck.core.fold.Fold;
import java.io.IOException;
import java.util.List;

/**
 * The fold of sessions, and what a runtime has to know to keep its states. Timers are on the clock
 * by which inputs were received; those that are due when an input was received run before it.
 *
 * @param <S> state: a record of plain values all the way down
 * @param <I> a report
 * @param <O> what is new of a session: such a record too
 */
public interface SessionRules<S extends Record, I, O extends Record> extends Fold<String, S, I, O> {
  /** What its state is. */
  Class<S> stateType();

  /** What its outputs are. */
  Class<O> outputType();

  /**
   * Reads what a collector has handed over: reports of one session, in their order.
   *
   * @throws IOException when it is nothing that a collector hands over; one line
   */
  List<I> read(byte[] handedOver) throws IOException;

  /** When a report was received, milliseconds since the epoch. */
  long receivedMillis(I report);

  /** Whether nothing is known of a session, so that its state need not be kept. */
  boolean isForgotten(S state);
}
