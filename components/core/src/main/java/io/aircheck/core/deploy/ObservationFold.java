package io.aircheck.core.deploy;

import io.aircheck.core.fold.Fold;
import java.util.Set;

/**
 * A fold over the observations of a stream that yields further observations: comparison of
 * renditions, comparison with a reference, incidents. Found by {@link java.util.ServiceLoader};
 * keyed by stream id.
 *
 * @param <S> state: a record of plain values all the way down, so that it can be written and read
 *     back wherever the fold runs
 */
public interface ObservationFold<S extends Record>
    extends Fold<String, S, StreamObservation, StreamObservation> {

  /** Name in a {@link Topology}. */
  String id();

  /** What its state is. */
  Class<S> stateType();

  /** Every kind of finding that it adds; empty when it only passes judgement on those of others. */
  default Set<String> kinds() {
    return Set.of();
  }

  @Override
  default String key(StreamObservation input) {
    return input.stream();
  }

  /** Closes what is open when a stream ends. */
  Step<S, StreamObservation> finish(S state);
}
