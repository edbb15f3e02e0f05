package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Person;
import io.aircheck.audience.fault.FaultKind;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What chance has in store for a viewer, by his habits, his network and what goes wrong for people
 * like him. Not thread-safe.
 */
final class Luck {
  private static final List<String> ERROR_CODES = List.of("NETWORK", "MEDIA", "DRM");

  private final Surroundings surroundings;
  private final RandomGenerator random;
  private Person person;
  private Turns turns;

  Luck(Surroundings surroundings, RandomGenerator random, Person person) {
    this.surroundings = surroundings;
    this.random = random;
    this.person = person;
    turns = turns();
  }

  private Turns turns() {
    return new Turns(surroundings.habits(), surroundings.faults(), person);
  }

  /** Who it is about from now on. */
  void person(Person now) {
    person = now;
    turns = turns();
  }

  /** Whether something happens. */
  boolean happens(Habit share) {
    return random.nextDouble() < habit(share);
  }

  /** Whether a start fails. */
  boolean startFails(long now) {
    double failing = habit(Habit.START_FAILURES) * times(FaultKind.START_FAILURES, now);
    return random.nextDouble() < failing;
  }

  /** Whether players go to the lowest bitrate. */
  boolean isLow(long now) {
    return times(FaultKind.LOW_BITRATE, now) > 1;
  }

  /** Median time to the first picture, seconds. */
  double startupSeconds(long now) {
    return habit(Habit.STARTUP_SECONDS) * times(FaultKind.SLOW_START, now) * person.roughness();
  }

  /** Median of a wait that takes longer on a rough network, seconds. */
  double waitSeconds(Habit median) {
    return habit(median) * person.roughness();
  }

  /** A length of time with the mean that a habit has in seconds, milliseconds. */
  long lasting(Habit mean) {
    return Waits.exponential(habit(mean), random);
  }

  /** The next moment at which something may happen while content plays. */
  long nextTurn(long now) {
    return turns.after(now, random);
  }

  /** What happens at that moment; null: nothing. */
  @Nullable Turn turn(long now) {
    return turns.draw(now, random);
  }

  String errorCode() {
    return ERROR_CODES.get(random.nextInt(ERROR_CODES.size()));
  }

  /** Milliseconds by which the player's clock is ahead. */
  long skewMillis() {
    long hour = 3_600_000;
    boolean wrong = happens(Habit.WRONG_CLOCKS);
    long most = wrong ? 365 * 24 * hour : 1_000;
    long least = wrong ? hour : 0;
    return (random.nextBoolean() ? 1 : -1) * random.nextLong(least, most);
  }

  private double times(FaultKind kind, long now) {
    return surroundings.faults().times(kind, person.cohort(), now);
  }

  private double habit(Habit habit) {
    return surroundings.habits().get(habit);
  }
}
