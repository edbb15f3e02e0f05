package io.aircheck.core.viewer;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import org.jspecify.annotations.Nullable;

/**
 * How what is new of sessions becomes facts: one for a view, an hour, and what the view was then;
 * more where something comes when a fact has been made. Sums of facts are those of what is new.
 *
 * @param <O> what is new of a session
 * @param <V> what becomes a fact: a record of plain values all the way down
 */
public interface ViewRules<O, V extends Record> {
  /** What a fact in the making is. */
  Class<V> viewType();

  /** What its facts have. */
  FactLayout layout();

  /**
   * Whether something belongs to a fact in the making.
   *
   * @param atMillis when it became known
   */
  boolean isOf(V view, O output, long atMillis);

  /**
   * Adds something.
   *
   * @param view that it belongs to; null: none, one begins
   * @param atMillis when it became known
   */
  V with(@Nullable V view, O output, long atMillis);

  /** Whether the view has ended by this, as far as is known, so that its facts can be made. */
  boolean isEnd(O output);

  /** Whether a fact in the making is of the view that something is of. */
  boolean isSameView(V view, O output);

  /** A fact is made at this time of events, if it was not before. */
  long dueMillis(V view);

  /** The fact. */
  Fact fact(V view);
}
