package io.aircheck.experience.intake;

import io.aircheck.experience.report.Rejection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Totals of what came, what was not taken and why, and what never came. Thread-safe. */
public final class IntakeCounters {
  private final LongAdder taken = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Map<Rejection, LongAdder> rejected = new EnumMap<>(Rejection.class);

  /** Counters that are zero. */
  public IntakeCounters() {
    for (Rejection reason : Rejection.values()) {
      rejected.put(reason, new LongAdder());
    }
  }

  /** Counts records that were not taken. */
  public void rejected(Rejection reason, long records) {
    adder(reason).add(records);
  }

  /** Reports that were taken. */
  public long taken() {
    return taken.sum();
  }

  /** Reports that players numbered and that never came, by the gaps. */
  public long lost() {
    return lost.sum();
  }

  /** Records that were not taken for a reason. */
  public long rejected(Rejection reason) {
    return adder(reason).sum();
  }

  void taken(long reports) {
    taken.add(reports);
  }

  /** Counts reports as missing; negative: they came after all. */
  void lost(long reports) {
    if (reports != 0) {
      lost.add(reports);
    }
  }

  private LongAdder adder(Rejection reason) {
    LongAdder adder = rejected.get(reason);
    if (adder == null) {
      throw new IllegalStateException("every reason has a counter");
    }
    return adder;
  }
}
