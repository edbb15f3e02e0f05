package io.aircheck.experience.cube;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.Map;

/** Deltas made by hand. */
@SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
final class Deltas {
  static final long START = 1_800_000_000_000L;

  private Deltas() {}

  static SessionDelta of(
      String session, long millis, String content, String cdn, Map<Measure, Long> sums) {
    long[] values = Measures.ZERO.toArray();
    sums.forEach((measure, sum) -> values[measure.ordinal()] = sum);
    Cohort cohort = new Cohort(content, "720p", Map.of("cdn", cdn));
    return new SessionDelta(session, 1, START + millis, cohort, Measures.of(values), null);
  }

  static SessionDelta watched(String session, long millis, String content, String cdn) {
    return of(
        session,
        millis,
        content,
        cdn,
        Map.of(Measure.VIEWERS, 1L, Measure.WATCHED_MILLIS, 10_000L));
  }

  static SessionDelta started(String session, long startupMillis) {
    return of(
        session,
        0,
        "c",
        "north",
        Map.of(Measure.STARTUPS, 1L, Measure.STARTUP_MILLIS, startupMillis));
  }
}
