package io.aircheck.audience.fault;

import io.aircheck.audience.crowd.Cohort;
import java.util.List;

/** The faults of an audience. Several of a kind at the same time multiply. Immutable. */
public final class Faults {
  private final List<Fault> faults;
  private final long beginMillis;

  /**
   * Faults.
   *
   * @param beginMillis when the audience begins, milliseconds since the epoch
   */
  public Faults(List<Fault> faults, long beginMillis) {
    this.faults = List.copyOf(faults);
    this.beginMillis = beginMillis;
  }

  /** How much worse it is for these viewers at a moment, milliseconds since the epoch. */
  public double times(FaultKind kind, Cohort cohort, long epochMillis) {
    double times = 1;
    for (Fault fault : faults) {
      if (fault.kind() == kind && fault.lasts(epochMillis - beginMillis) && fault.hits(cohort)) {
        times *= fault.times();
      }
    }
    return times;
  }

  /** How much worse it ever is for these viewers, or more; at least 1. */
  public double worst(FaultKind kind, Cohort cohort) {
    double times = 1;
    for (Fault fault : faults) {
      if (fault.kind() == kind && fault.hits(cohort)) {
        times *= Math.max(1, fault.times());
      }
    }
    return times;
  }

  /** All of them. */
  public List<Fault> all() {
    return faults;
  }
}
