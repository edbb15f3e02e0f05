package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Person;
import io.aircheck.audience.fault.FaultKind;
import io.aircheck.audience.fault.Faults;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws what happens next and when: competing Poisson processes whose rates change with the faults,
 * by thinning (Lewis and Shedler 1979): moments come at the greatest rate there ever is, and each
 * is taken with the share that the rate of that moment has of it. Immutable.
 */
final class Turns {
  private static final Turn[] ALL = Turn.values();
  private static final double HOUR_MILLIS = 3_600_000;

  private final Habits habits;
  private final Faults faults;
  private final Person person;
  private final double mostPerHour;

  Turns(Habits habits, Faults faults, Person person) {
    this.habits = habits;
    this.faults = faults;
    this.person = person;
    double most = 0;
    for (Turn turn : ALL) {
      FaultKind fault = turn.fault();
      double worst = fault == null ? 1 : faults.worst(fault, person.cohort());
      most += turn.perHour(habits, person.roughness()) * worst;
    }
    mostPerHour = most;
  }

  /** The next moment at which something may happen. */
  long after(long now, RandomGenerator random) {
    return now + Math.max(1, Math.round(random.nextExponential() * HOUR_MILLIS / mostPerHour));
  }

  /** What happens at that moment; null: nothing. */
  @Nullable Turn draw(long now, RandomGenerator random) {
    double at = random.nextDouble() * mostPerHour;
    for (Turn turn : ALL) {
      FaultKind fault = turn.fault();
      double times = fault == null ? 1 : faults.times(fault, person.cohort(), now);
      at -= turn.perHour(habits, person.roughness()) * times;
      if (at < 0) {
        return turn;
      }
    }
    return null;
  }
}
