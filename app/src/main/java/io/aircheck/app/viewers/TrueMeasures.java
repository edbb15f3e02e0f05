package io.aircheck.app.viewers;

import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.TrueMeasure;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;

/** The truth in the measures of the service, so that both can be compared. */
final class TrueMeasures {
  private TrueMeasures() {}

  /** Sums of what both know. */
  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  static Measures of(Sums sums) {
    long[] known = new long[Measure.values().length];
    for (TrueMeasure measure : TrueMeasure.values()) {
      if (measure != TrueMeasure.UNTOLD_MILLIS) {
        known[Measure.valueOf(measure.name()).ordinal()] = sums.get(measure);
      }
    }
    return Measures.of(known);
  }
}
