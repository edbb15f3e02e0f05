package io.aircheck.audience.fault;

import java.util.Optional;

/** What a fault changes in the lives of viewers, and what says how strongly. */
public enum Effect {
  /** Something happens to them so many times as often, or takes so many times as long. */
  RATE("times", 1_000_000),
  /**
   * Something is wrong in what a live stream shows: such a share of those who see it leaves in each
   * second. It has its time in the programme: who is further behind sees it later.
   */
  SIGHT("share", 1),
  /** There is nothing to play of a live stream: players wait. */
  DELIVERY("", 0);

  private final String strength;
  private final double most;

  Effect(String strength, double most) {
    this.strength = strength;
    this.most = most;
  }

  /** What its strength is called; empty: there is only one. */
  public Optional<String> strength() {
    return strength.isEmpty() ? Optional.empty() : Optional.of(strength);
  }

  /** The greatest strength; all are above 0. */
  double most() {
    return most;
  }

  /** Whether it is in a stream, for all who watch it or one of its renditions. */
  public boolean isOfStream() {
    return this != RATE;
  }
}
