package io.aircheck.core.incident;

import io.aircheck.core.fold.Fold;

/**
 * What makes incidents of the observations of a stream. Found by {@link java.util.ServiceLoader},
 * so that a deployment can keep their states where it keeps its own.
 *
 * @param <S> state: a record of plain values all the way down, so that it can be written and read
 *     back wherever the fold runs
 */
public interface IncidentRules<S extends Record>
    extends Fold<String, S, IncidentInput, IncidentChange> {

  /** What its state is. */
  Class<S> stateType();

  @Override
  default String key(IncidentInput input) {
    return input.stream();
  }
}
