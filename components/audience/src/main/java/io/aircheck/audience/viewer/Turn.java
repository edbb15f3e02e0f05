package io.aircheck.audience.viewer;

import io.aircheck.audience.fault.FaultKind;
import org.jspecify.annotations.Nullable;

/** What can happen while content plays, each with its rate. */
enum Turn {
  STALL(Habit.STALLS_PER_HOUR, FaultKind.STALLS),
  SWITCH(Habit.SWITCHES_PER_HOUR, FaultKind.LOW_BITRATE),
  ERROR(Habit.ERRORS_PER_HOUR, FaultKind.ERRORS),
  FAILURE(Habit.FAILURES_PER_HOUR, FaultKind.FAILURES),
  EXIT(Habit.WATCH_SECONDS, FaultKind.EXITS),
  PAUSE(Habit.PAUSES_PER_HOUR, null),
  HIDE(Habit.HIDES_PER_HOUR, null),
  ZAP(Habit.ZAPS_PER_HOUR, null),
  AD_BREAK(Habit.AD_BREAKS_PER_HOUR, null),
  SEEK(Habit.SEEKS_PER_HOUR, null),
  SPEED(Habit.SPEEDS_PER_HOUR, null);

  private final Habit habit;
  private final @Nullable FaultKind fault;

  Turn(Habit habit, @Nullable FaultKind fault) {
    this.habit = habit;
    this.fault = fault;
  }

  /** What makes it more frequent; null: nothing does. */
  @Nullable FaultKind fault() {
    return fault;
  }

  /** Whether it needs a viewer who looks. */
  boolean isOfViewer() {
    return switch (this) {
      case PAUSE, HIDE, ZAP, AD_BREAK, SEEK, SPEED -> true;
      case STALL, SWITCH, ERROR, FAILURE, EXIT -> false;
    };
  }

  /** Whether it happens to what is on demand alone. */
  boolean isOnDemand() {
    return this == SEEK || this == SPEED;
  }

  /** How often in an hour without any fault. */
  double perHour(Habits habits, double roughness) {
    double value = habits.get(habit);
    return switch (this) {
      case STALL, SWITCH -> value * roughness;
      case EXIT -> 3600 / Math.max(value, 1e-3);
      default -> value;
    };
  }
}
