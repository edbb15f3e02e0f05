package io.aircheck.audience.simulation;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.Faults;
import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.Toll;
import io.aircheck.audience.truth.Truth;
import io.aircheck.audience.viewer.Outbox;
import io.aircheck.audience.viewer.Post;
import io.aircheck.audience.viewer.SimulatedSession;
import io.aircheck.audience.viewer.Surroundings;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An audience in virtual time. What players send is asked for one by one, in the order of time;
 * between two of them everything happens that happens. Viewers are made when they come and dropped
 * when they have left: memory is that of those who are there. Not thread-safe.
 */
public final class Simulation {
  /** Everybody leaves over the last part of the time, at most so long. */
  private static final long LEAVING_MILLIS = 10_000;

  /** Of viewers who go on at the same moment, the one who came first is first. */
  private record Present(SimulatedSession session, long nextMillis, long number) {
    static final Comparator<Present> ORDER =
        Comparator.comparingLong(Present::nextMillis).thenComparingLong(Present::number);
  }

  private final Surroundings surroundings;
  private final long seeds;
  private final long endMillis;
  private final long leavingMillis;
  private final Entrance entrance;
  private final PriorityQueue<Present> present = new PriorityQueue<>(Present.ORDER);
  private final Queue<Post> sent = new ArrayDeque<>();
  private final Truth truth = new Truth();
  private final Outbox outbox =
      new Outbox() {
        @Override
        public void send(Post post) {
          sent.add(post);
        }

        @Override
        public void over(Cohort cohort, Sums sums) {
          truth.add(cohort, sums);
        }

        @Override
        public void suffered(Fault fault, Toll toll) {
          truth.tolls().add(fault, toll);
        }
      };
  private long viewers;
  private long nowMillis;

  /**
   * An audience that begins.
   *
   * @param beginMillis when, by the true clock, milliseconds since the epoch
   */
  public Simulation(Audience audience, long seed, long beginMillis) {
    SplittableRandom random = new SplittableRandom(seed);
    seeds = random.nextLong();
    surroundings =
        new Surroundings(
            audience.population(),
            audience.habits(),
            new Faults(audience.faults(), beginMillis),
            audience.reporting());
    endMillis = beginMillis + audience.durationMillis();
    leavingMillis = Math.max(1, Math.min(LEAVING_MILLIS, audience.durationMillis() / 4));
    nowMillis = beginMillis;
    entrance = new Entrance(audience.arrivals(), random.split(), beginMillis, endMillis);
  }

  /** What is sent next; null: everybody has left. */
  public @Nullable Post next() {
    while (sent.isEmpty()) {
      Present first = present.peek();
      long next = first == null ? Entrance.NEVER : first.nextMillis();
      if (entrance.nextMillis() <= next) {
        if (entrance.nextMillis() == Entrance.NEVER) {
          return null;
        }
        come(entrance.nextMillis());
        entrance.take();
      } else if (first != null) {
        present.remove();
        goOn(first);
      }
    }
    return sent.remove();
  }

  private void goOn(Present first) {
    nowMillis = first.nextMillis();
    first.session().step(outbox);
    if (!first.session().isOver()) {
      stay(first.session(), first.number());
    } else if (entrance.replaces() && nowMillis < endMillis - leavingMillis) {
      come(nowMillis);
    }
  }

  private void come(long millis) {
    long number = viewers++;
    // Generators of its own, so that nobody's life depends on that of others.
    long own = number * 0xD1342543DE82EF95L;
    SplittableRandom random = new SplittableRandom(seeds + own);
    SplittableRandom nerves = new SplittableRandom(~seeds + own);
    long leaves = endMillis - random.nextLong(leavingMillis);
    long horizon = Math.max(millis + 1, leaves);
    stay(new SimulatedSession(surroundings, random, nerves, millis, horizon), number);
  }

  private void stay(SimulatedSession session, long number) {
    present.add(new Present(session, session.nextMillis(), number));
  }

  /** The true time that has been reached, milliseconds since the epoch. */
  public long nowMillis() {
    return nowMillis;
  }

  /** How many are there now. */
  public int present() {
    return present.size();
  }

  /** How many have come. */
  public long viewers() {
    return viewers;
  }

  /** The truth of all views that are over. */
  public Truth truth() {
    return truth;
  }
}
