package io.aircheck.core.fold;

import java.util.List;
import java.util.OptionalLong;

/**
 * A pure, keyed, event-time state machine: incidents, viewer sessions and rollups are folds. It
 * reads no clock and does no I/O, so any runtime can run it, keep its state and replay it.
 *
 * @param <K> key; inputs with equal keys share a state
 * @param <S> immutable state
 * @param <I> input
 * @param <O> output
 */
public interface Fold<K, S, I, O> {

  /**
   * What a step leads to.
   *
   * @param state the new state
   * @param outputs what it emits, in order
   * @param timerMillis event time at which {@link #onTimer} wants to be called, replacing any
   *     earlier wish; empty: none
   */
  record Step<S, O>(S state, List<O> outputs, OptionalLong timerMillis) {
    public Step {
      outputs = List.copyOf(outputs);
    }

    /** A step without a timer. */
    public static <S, O> Step<S, O> of(S state, List<O> outputs) {
      return new Step<>(state, outputs, OptionalLong.empty());
    }
  }

  /** The key of an input. */
  K key(I input);

  /** The state before the first input of a key. */
  S initial(K key);

  /** Takes an input in. */
  Step<S, O> apply(S state, I input);

  /** Event time passed the timer that the last step asked for. */
  default Step<S, O> onTimer(S state, long timeMillis) {
    return Step.of(state, List.of());
  }
}
