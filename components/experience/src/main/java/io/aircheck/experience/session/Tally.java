package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import org.jspecify.annotations.Nullable;

/** Totals of a view in a step, and what of them no delta has told yet. Copies when it must. */
@SuppressWarnings("EnumOrdinal") // sums lie in arrays by their ordinal
final class Tally {
  private final Measures totals;
  private Measures unsent;
  private long @Nullable [] totalsNow;
  private long @Nullable [] unsentNow;

  Tally(Measures totals, Measures unsent) {
    this.totals = totals;
    this.unsent = unsent;
  }

  void add(Measure measure, long amount) {
    if (amount == 0) {
      return;
    }
    if (totalsNow == null) {
      totalsNow = totals.toArray();
    }
    if (unsentNow == null) {
      unsentNow = unsent.toArray();
    }
    totalsNow[measure.ordinal()] += amount;
    unsentNow[measure.ordinal()] += amount;
  }

  /** Makes a total this much, whatever it was. */
  void set(Measure measure, long amount) {
    add(measure, amount - get(measure));
  }

  long get(Measure measure) {
    return totalsNow == null ? totals.get(measure) : totalsNow[measure.ordinal()];
  }

  Measures totals() {
    return totalsNow == null ? totals : Measures.of(totalsNow);
  }

  Measures unsent() {
    if (unsentNow != null) {
      unsent = Measures.of(unsentNow);
      unsentNow = null;
    }
    return unsent;
  }

  /** A delta has told what is unsent. */
  void sent() {
    unsent = Measures.ZERO;
    unsentNow = null;
  }
}
