package io.aircheck.audience.viewer;

import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.truth.Toll;
import io.aircheck.audience.truth.TrueMeasure;

/**
 * A wait for a stream that does not go on. Immutable.
 *
 * @param fault why
 * @param latencyMillis how far behind the encoder the player was; -1: not known
 * @param stalls of the view before it
 * @param stalledMillis of the view before it
 * @param watchedMillis of the view before it
 */
record Drought(
    Fault fault, long latencyMillis, long stalls, long stalledMillis, long watchedMillis) {
  static Drought of(Fault fault, Playout playout, Account account) {
    return new Drought(
        fault,
        playout.latencyMillis,
        account.get(TrueMeasure.STALLS),
        account.get(TrueMeasure.STALLED_MILLIS),
        account.watchedMillis());
  }

  /** What it did to the view until now. */
  Toll toll(Account account) {
    return new Toll(
        0,
        account.watchedMillis() - watchedMillis,
        0,
        0,
        account.get(TrueMeasure.STALLS) - stalls,
        account.get(TrueMeasure.STALLED_MILLIS) - stalledMillis);
  }
}
