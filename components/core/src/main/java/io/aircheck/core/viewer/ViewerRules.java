package io.aircheck.core.viewer;

/**
 * All that is done to reports of viewers: sessions are read, and what is new of them is summed by
 * windows and kept as facts. Holds nothing that changes; every worker has its own.
 *
 * @param <S> state of a session
 * @param <O> what is new of a session
 * @param <V> what is known of a view until it is a fact
 */
public interface ViewerRules<S extends Record, O extends Record, V extends Record> {
  /** How sessions are read. */
  SessionRules<S, ?, O> sessions();

  /** How sums are made. */
  RollupRules<O> rollups();

  /** How facts are made. */
  ViewRules<O, V> views();
}
