package io.aircheck.audience.fault;

import io.aircheck.audience.crowd.Dimension;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A fault that somebody else begins and ends while the audience lives in step with the clock. What
 * an audience with one does depends on when that is, and not on its seed alone.
 *
 * @param kind what goes wrong
 * @param where values of dimensions of those who are hit; empty: everybody
 * @param times how much worse it makes it; above 0, and below 1 it makes it better
 * @param on whether it lasts now; asked often, by the thread of the audience
 */
public record SwitchedFault(
    FaultKind kind, Map<Dimension, String> where, double times, BooleanSupplier on)
    implements Fault {

  public SwitchedFault {
    where = Map.copyOf(where);
  }

  @Override
  public boolean lasts(long millis) {
    return on.getAsBoolean();
  }
}
