package io.aircheck.audience.fault;

import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A fault that somebody else begins and ends while the audience lives in step with the clock. What
 * an audience with one does depends on when that is, and not on its seed alone. Thread-safe.
 */
public final class SwitchedFault implements Fault {
  /** What is not known yet is asked for again after so long. */
  private static final long AGAIN_MILLIS = 1_000;

  private final FaultKind kind;
  private final Whom whom;
  private final double strength;
  private final NavigableMap<Long, Boolean> switches = new ConcurrentSkipListMap<>();

  /**
   * A fault that has not begun.
   *
   * @param strength in the sense of the effect of the kind; above 0
   */
  public SwitchedFault(FaultKind kind, Whom whom, double strength) {
    this.kind = kind;
    this.whom = whom;
    this.strength = strength;
  }

  /**
   * It begins, or ends.
   *
   * @param millis when, since the audience began; later than all that was told before
   */
  public void turn(boolean on, long millis) {
    switches.put(millis, on);
  }

  @Override
  public FaultKind kind() {
    return kind;
  }

  @Override
  public Whom whom() {
    return whom;
  }

  @Override
  public double strength() {
    return strength;
  }

  @Override
  public boolean lasts(long millis) {
    Map.Entry<Long, Boolean> latest = switches.floorEntry(millis);
    return latest != null && latest.getValue();
  }

  @Override
  public long changesAfter(long millis) {
    Long next = switches.higherKey(millis);
    return next == null ? millis + AGAIN_MILLIS : Math.min(next, millis + AGAIN_MILLIS);
  }
}
