package io.aircheck.app.serve.viewers;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts bodies that were not looked at. Thread-safe. */
public final class Refusals {
  private final Map<Refusal, LongAdder> counts = new EnumMap<>(Refusal.class);

  /** None yet. */
  Refusals() {
    for (Refusal reason : Refusal.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  /** Counts a body that was not looked at. */
  public void add(Refusal reason) {
    adder(reason).increment();
  }

  /** How many bodies were not looked at. */
  public long of(Refusal reason) {
    return adder(reason).sum();
  }

  private LongAdder adder(Refusal reason) {
    LongAdder adder = counts.get(reason);
    if (adder == null) {
      throw new IllegalStateException("every reason has a counter");
    }
    return adder;
  }
}
