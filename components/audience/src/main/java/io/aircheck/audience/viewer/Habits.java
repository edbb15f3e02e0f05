package io.aircheck.audience.viewer;

import java.util.EnumMap;
import java.util.Map;

/** A value of every habit. Immutable. */
@SuppressWarnings("EnumOrdinal") // values lie in an array by their ordinal
public final class Habits {
  /** The usual ones. */
  public static final Habits USUAL = new Habits(Map.of());

  private final double[] values = new double[Habit.values().length];

  /**
   * Habits.
   *
   * @param changed those that are not as usual
   * @throws IllegalArgumentException for a value that cannot be; the message is one line for the
   *     user
   */
  public Habits(Map<Habit, Double> changed) {
    for (Habit habit : Habit.values()) {
      double value = changed.getOrDefault(habit, habit.usual());
      if (!(value >= 0 && value <= (habit.isShare() ? 1 : 1e9))) {
        throw new IllegalArgumentException(
            "%s is %s, must be from 0 to %s"
                .formatted(habit.word(), value, habit.isShare() ? "1" : "1000000000"));
      }
      values[habit.ordinal()] = value;
    }
  }

  /** The value of one. */
  public double get(Habit habit) {
    return values[habit.ordinal()];
  }

  /** The same with some that are otherwise. */
  public Habits with(Map<Habit, Double> changed) {
    Map<Habit, Double> all = new EnumMap<>(Habit.class);
    for (Habit habit : Habit.values()) {
      all.put(habit, get(habit));
    }
    all.putAll(changed);
    return new Habits(all);
  }
}
