package io.aircheck.audience.simulation;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import java.util.List;

/**
 * What is to be simulated. The same audience, seed and beginning give the same reports, to the
 * byte.
 *
 * @param population whom viewers are drawn from
 * @param arrivals when they come
 * @param habits how they behave
 * @param faults what goes wrong, in time since the beginning
 * @param reporting how their players report
 * @param durationMillis after which everybody has left
 */
public record Audience(
    Population population,
    Arrivals arrivals,
    Habits habits,
    List<Fault> faults,
    Reporting reporting,
    long durationMillis) {
  /**
   * @throws IllegalArgumentException if it lasts less than a second
   */
  public Audience {
    faults = List.copyOf(faults);
    if (durationMillis < 1_000) {
      throw new IllegalArgumentException(
          "an audience lasts at least a second, not " + durationMillis + " ms");
    }
  }
}
