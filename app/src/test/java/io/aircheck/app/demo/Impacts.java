package io.aircheck.app.demo;

import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;

/** What a service says of those whom an incident hit. */
final class Impacts {
  private Impacts() {}

  /** So many were shown it, of whom some left, and had stalls. */
  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  static Impact of(long viewers, long left, long stalls) {
    long[] sums = new long[Measure.values().length];
    sums[Measure.ENDED.ordinal()] = left;
    sums[Measure.STALLS.ordinal()] = stalls;
    return new Impact(viewers, new Exposure(viewers, Measures.of(sums), 0, Measures.ZERO, true));
  }
}
