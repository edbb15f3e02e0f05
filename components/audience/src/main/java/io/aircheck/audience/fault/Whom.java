package io.aircheck.audience.fault;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.crowd.Dimension;
import java.util.Map;

/**
 * Whom a fault hits. Immutable.
 *
 * @param where values of dimensions of those who are hit; empty: of everybody
 * @param kbps bitrate of the rendition that has the fault, kbit/s; 0: all have it
 */
public record Whom(Map<Dimension, String> where, int kbps) {
  /** Name of the rendition beside those of dimensions. */
  public static final String KBPS = "kbps";

  public Whom {
    where = Map.copyOf(where);
  }

  /** Those who have these values, whatever rendition they watch. */
  public static Whom with(Map<Dimension, String> where) {
    return new Whom(where, 0);
  }

  /** Whether viewers like this are among them. */
  public boolean include(Cohort cohort) {
    for (Map.Entry<Dimension, String> value : where.entrySet()) {
      if (!cohort.value(value.getKey()).equals(value.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Whether viewers like this are among them while they watch a rendition. */
  public boolean include(Cohort cohort, int watchedKbps) {
    return (kbps == 0 || kbps == watchedKbps) && include(cohort);
  }
}
