package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.SessionRules;
import io.aircheck.core.viewer.ViewerRules;

/** Rules with the types that a job calls them by: they are its own, whatever they are. */
final class Rules {
  private Rules() {}

  @SuppressWarnings("unchecked") // a setup has the same rules everywhere
  static <S extends Record, O extends Record, V extends Record> ViewerRules<S, O, V> of(
      ViewerSetup setup) {
    return (ViewerRules<S, O, V>) setup.rules();
  }

  @SuppressWarnings("unchecked") // reports are read by them and given back to them alone
  static <S extends Record, I, O extends Record> SessionRules<S, I, O> sessions(
      ViewerRules<S, O, ?> rules) {
    return (SessionRules<S, I, O>) rules.sessions();
  }
}
