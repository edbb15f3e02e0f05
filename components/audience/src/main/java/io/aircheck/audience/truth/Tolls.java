package io.aircheck.audience.truth;

import io.aircheck.audience.fault.Fault;
import java.util.IdentityHashMap;

/**
 * What each fault of a stream truly did so far, as it happens: also to viewers who are still there,
 * and to those who do not tell it. Thread-safe.
 */
public final class Tolls {
  /** The same fault twice is two faults. */
  private final IdentityHashMap<Fault, Toll> tolls = new IdentityHashMap<>();

  /** A fault did more. */
  public synchronized void add(Fault fault, Toll toll) {
    tolls.merge(fault, toll, Toll::plus);
  }

  /** What a fault did so far. */
  public synchronized Toll of(Fault fault) {
    return tolls.getOrDefault(fault, Toll.NONE);
  }
}
