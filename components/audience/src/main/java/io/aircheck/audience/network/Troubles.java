package io.aircheck.audience.network;

import java.util.Map;

/**
 * What becomes of reports on their way.
 *
 * @param leastDelayMillis how long every one takes
 * @param jitterMillis how much longer it takes at most, evenly: later ones may overtake
 * @param lost share of those that never arrive
 * @param duplicated share of those that arrive twice, since a player that gets no answer sends
 *     again
 * @param late share of those that a player keeps back, as when it is offline
 * @param lateMillis for how long at most
 */
public record Troubles(
    long leastDelayMillis,
    long jitterMillis,
    double lost,
    double duplicated,
    double late,
    long lateMillis) {
  /** A network without any: each arrives after 40 to 60 ms. */
  public static final Troubles NONE = new Troubles(40, 20, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a share is not from 0 to 1 or a time negative; the message
   *     is one line for the user
   */
  public Troubles {
    Map<String, Double> shares = Map.of("lost", lost, "duplicated", duplicated, "late", late);
    shares.forEach(
        (name, share) -> {
          if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is " + share + ", must be from 0 to 1");
          }
        });
    if (leastDelayMillis < 0 || jitterMillis < 0 || lateMillis < 0) {
      throw new IllegalArgumentException("delays must not be negative");
    }
  }
}
