package io.aircheck.experience.intake;

import io.aircheck.experience.report.Rejection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Totals of what was taken, and of what was not taken and why. Thread-safe. */
public final class IntakeCounters {
  private final LongAdder taken = new LongAdder();
  private final Map<Rejection, LongAdder> rejected = new EnumMap<>(Rejection.class);

  /** Counters that are zero. */
  public IntakeCounters() {
    for (Rejection reason : Rejection.values()) {
      rejected.put(reason, new LongAdder());
    }
  }

  /** Counts reports that were taken. */
  public void taken(long reports) {
    taken.add(reports);
  }

  /** Counts records that were not taken. */
  public void rejected(Rejection reason, long records) {
    adder(reason).add(records);
  }

  /** Reports that were taken. */
  public long taken() {
    return taken.sum();
  }

  /** Records that were not taken for a reason. */
  public long rejected(Rejection reason) {
    return adder(reason).sum();
  }

  private LongAdder adder(Rejection reason) {
    LongAdder adder = rejected.get(reason);
    if (adder == null) {
      throw new IllegalStateException("every reason has a counter");
    }
    return adder;
  }
}
