package io.aircheck.audience.simulation;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Arrivals.Flow;
import io.aircheck.audience.crowd.Arrivals.Standing;
import java.util.random.RandomGenerator;

/** Lets viewers in, one after the other. Not thread-safe. */
final class Entrance {
  static final long NEVER = Long.MAX_VALUE;

  private final Arrivals arrivals;
  private final RandomGenerator random;
  private final long beginMillis;
  private final long endMillis;
  private long came;
  private double share;
  private long nextMillis;

  Entrance(Arrivals arrivals, RandomGenerator random, long beginMillis, long endMillis) {
    this.arrivals = arrivals;
    this.random = random;
    this.beginMillis = beginMillis;
    this.endMillis = endMillis;
    nextMillis = following();
  }

  /** When the next one comes who does not replace another; {@link #NEVER}: nobody does. */
  long nextMillis() {
    return nextMillis;
  }

  /** That one has come. */
  void take() {
    came++;
    nextMillis = following();
  }

  /** Whether somebody comes when another leaves. */
  boolean replaces() {
    return arrivals instanceof Standing;
  }

  private long following() {
    return switch (arrivals) {
      case Flow flow -> following(flow);
      case Standing standing ->
          came >= standing.viewers()
              ? NEVER
              : beginMillis + standing.rampMillis() * came / standing.viewers();
    };
  }

  /**
   * Times of arrival are a sorted sample of independent ones: the next is the smallest of those
   * that are left, which lie evenly in what is left of the whole.
   */
  private long following(Flow flow) {
    long left = flow.viewers() - came;
    if (left <= 0) {
      return NEVER;
    }
    share += (1 - share) * -Math.expm1(Math.log(1 - random.nextDouble()) / left);
    return Math.min(endMillis - 1, flow.curve().momentOf(share, beginMillis, endMillis));
  }
}
