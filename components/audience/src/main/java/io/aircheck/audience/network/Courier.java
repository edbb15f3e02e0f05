package io.aircheck.audience.network;

import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.viewer.Post;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Carries what an audience sends, with troubles, in the order in which it arrives. Holds what is on
 * its way. Not thread-safe.
 */
public final class Courier {
  /** A player that gets no answer sends again within so long. */
  private static final int AGAIN_MILLIS = 1_500;

  /** What arrives at the same moment arrives in the order in which it was sent. */
  private record Carried(Delivery delivery, long number) {
    static final Comparator<Carried> ORDER =
        Comparator.comparingLong((Carried carried) -> carried.delivery().millis())
            .thenComparingLong(Carried::number);
  }

  private final Simulation simulation;
  private final Troubles troubles;
  private final SplittableRandom random;
  private final PriorityQueue<Carried> onTheWay = new PriorityQueue<>(Carried.ORDER);
  private @Nullable Post upcoming;
  private long number;
  private long lostReports;

  /** A courier who fetches from an audience. */
  public Courier(Simulation simulation, Troubles troubles, long seed) {
    this.simulation = simulation;
    this.troubles = troubles;
    random = new SplittableRandom(~seed);
    upcoming = simulation.next();
  }

  /** What arrives next; null: nothing more. */
  public @Nullable Delivery next() {
    while (true) {
      Carried first = onTheWay.peek();
      Post post = upcoming;
      if (post == null || (first != null && first.delivery().millis() < post.millis())) {
        onTheWay.poll();
        return first == null ? null : first.delivery();
      }
      take(post);
      upcoming = simulation.next();
    }
  }

  private void take(Post post) {
    if (random.nextDouble() < troubles.lost()) {
      lostReports += post.reports();
      return;
    }
    long delay = troubles.leastDelayMillis() + random.nextLong(troubles.jitterMillis() + 1);
    if (random.nextDouble() < troubles.late()) {
      delay += random.nextLong(troubles.lateMillis() + 1);
    }
    carry(new Delivery(post.millis() + delay, post, false));
    if (random.nextDouble() < troubles.duplicated()) {
      long again = 1L + random.nextInt(AGAIN_MILLIS);
      carry(new Delivery(post.millis() + delay + again, post, true));
    }
  }

  private void carry(Delivery delivery) {
    onTheWay.add(new Carried(delivery, number++));
  }

  /** How many reports were lost so far. */
  public long lostReports() {
    return lostReports;
  }
}
