package io.aircheck.audience.fault;

import io.aircheck.audience.crowd.Cohort;
import java.util.List;

/**
 * The faults of an audience. Several of a kind at the same time multiply, where they change how
 * often something happens. Immutable.
 */
public final class Faults {
  private final List<Fault> rates;
  private final List<Fault> ofStreams;
  private final long beginMillis;

  /**
   * Faults.
   *
   * @param beginMillis when the audience begins, milliseconds since the epoch
   */
  public Faults(List<Fault> faults, long beginMillis) {
    rates = faults.stream().filter(fault -> !fault.kind().effect().isOfStream()).toList();
    ofStreams = faults.stream().filter(fault -> fault.kind().effect().isOfStream()).toList();
    this.beginMillis = beginMillis;
  }

  /** How much worse it is for these viewers at a moment, milliseconds since the epoch. */
  public double times(FaultKind kind, Cohort cohort, long epochMillis) {
    double times = 1;
    for (Fault fault : rates) {
      if (fault.kind() == kind && lasts(fault, epochMillis) && fault.whom().include(cohort)) {
        times *= fault.strength();
      }
    }
    return times;
  }

  /** How much worse it ever is for these viewers, or more; at least 1. */
  public double worst(FaultKind kind, Cohort cohort) {
    double times = 1;
    for (Fault fault : rates) {
      if (fault.kind() == kind && fault.whom().include(cohort)) {
        times *= Math.max(1, fault.strength());
      }
    }
    return times;
  }

  /** Those that are in a stream, for all who watch it. */
  public List<Fault> ofStreams() {
    return ofStreams;
  }

  /** Whether one of them lasts at a moment, milliseconds since the epoch. */
  public boolean lasts(Fault fault, long epochMillis) {
    return fault.lasts(epochMillis - beginMillis);
  }

  /**
   * When one of them begins or ends next, or may do so, after a moment.
   *
   * @return milliseconds since the epoch; {@link Long#MAX_VALUE}: it does not
   */
  public long changesAfter(Fault fault, long epochMillis) {
    long change = fault.changesAfter(epochMillis - beginMillis);
    return change == Long.MAX_VALUE ? Long.MAX_VALUE : beginMillis + change;
  }
}
