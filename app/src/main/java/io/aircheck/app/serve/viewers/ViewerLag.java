package io.aircheck.app.serve.viewers;

import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How far behind the live edge some viewers are: a defect reaches them so much later than the
 * monitor. Thread-safe, as the cube is.
 */
final class ViewerLag {
  /** Where players do not tell: what a ladder with segments of six seconds usually has. */
  static final long USUAL_MILLIS = 30_000;

  /** Who is further behind watches a recording. */
  static final long MOST_MILLIS = 120_000;

  private final Function<CubeQuery, Optional<CubeAnswer>> cube;

  /**
   * By a cube.
   *
   * @param cube answers questions about the latest windows
   */
  ViewerLag(Function<CubeQuery, Optional<CubeAnswer>> cube) {
    this.cube = cube;
  }

  /**
   * The mean of viewers since a time, milliseconds, at most {@link #MOST_MILLIS}.
   *
   * @param cohort values that they have in common, by dimension
   */
  long millis(Map<String, String> cohort, long sinceMillis) {
    Measures sums =
        cube.apply(new CubeQuery(sinceMillis, Long.MAX_VALUE, cohort, List.of())).stream()
            .flatMap(answer -> answer.rows().stream())
            .findFirst()
            .map(row -> row.cell().sums())
            .orElse(Measures.ZERO);
    long known = sums.get(Measure.LATENCY_MILLIS);
    return known <= 0
        ? USUAL_MILLIS
        : Math.clamp(sums.get(Measure.LATENCY_AREA) / known, 0, MOST_MILLIS);
  }
}
