package io.aircheck.experience.archive;

import io.aircheck.experience.cube.Distribution;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the archive says to a question, of whole hours.
 *
 * @param fromMillis start of the first hour
 * @param toMillis end of the last hour
 * @param windows of 10 s of which anything is known
 * @param rows one for each combination of values, those with the most watched time first
 */
public record ArchiveAnswer(long fromMillis, long toMillis, int windows, List<Row> rows) {

  /**
   * One combination of values.
   *
   * @param values in the order of the dimensions asked for; empty: not known
   * @param sums exact
   * @param sessions how many were watched, exact
   * @param hitSessions how many of them stalled, failed, or were left before their start, exact
   * @param percentiles of values of views in an hour, within 1 %; none where there are too many
   *     rows
   */
  public record Row(
      List<String> values,
      Measures sums,
      long sessions,
      long hitSessions,
      Map<Distribution, Percentiles> percentiles) {
    public Row {
      values = List.copyOf(values);
      percentiles = Map.copyOf(percentiles);
    }
  }

  public ArchiveAnswer {
    rows =
        rows.stream()
            .sorted(
                Comparator.comparingLong((Row row) -> row.sums().get(Measure.WATCHED_MILLIS))
                    .reversed()
                    .thenComparing(row -> String.join("\0", row.values())))
            .toList();
  }
}
