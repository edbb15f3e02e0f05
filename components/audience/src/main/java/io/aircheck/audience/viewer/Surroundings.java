package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.Faults;

/**
 * What all viewers of an audience have in common. Immutable.
 *
 * @param population whom they are drawn from
 * @param habits how they behave
 * @param faults what goes wrong
 * @param reporting how their players report
 */
public record Surroundings(
    Population population, Habits habits, Faults faults, Reporting reporting) {}
