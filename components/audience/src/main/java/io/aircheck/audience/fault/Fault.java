package io.aircheck.audience.fault;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.crowd.Dimension;
import java.util.Map;

/** Something that goes wrong for a part of an audience. */
public sealed interface Fault permits TimedFault, SwitchedFault {
  /** What goes wrong. */
  FaultKind kind();

  /** Values of dimensions of those who are hit; empty: everybody. */
  Map<Dimension, String> where();

  /** How much worse it makes it; above 0, and below 1 it makes it better. */
  double times();

  /**
   * Whether it lasts at a moment.
   *
   * @param millis since the audience began
   */
  boolean lasts(long millis);

  /** Whether it hits these viewers while it lasts. */
  default boolean hits(Cohort cohort) {
    for (Map.Entry<Dimension, String> value : where().entrySet()) {
      if (!cohort.value(value.getKey()).equals(value.getValue())) {
        return false;
      }
    }
    return true;
  }
}
