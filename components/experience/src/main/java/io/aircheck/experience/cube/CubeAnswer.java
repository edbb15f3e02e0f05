package io.aircheck.experience.cube;

import io.aircheck.experience.measure.Measure;
import java.util.Comparator;
import java.util.List;

/**
 * What a cube says to a question. Rows and others together are all that the windows hold, if the
 * question has no filter; with one, some of the others may belong to rows, and not all.
 *
 * @param rows one for each combination of values, in no order
 * @param others what had no cell of its own, because its values were too rare
 * @param otherDeltas how many deltas that is; 0: the rows are all there is
 */
public record CubeAnswer(List<Row> rows, Cell others, long otherDeltas) {
  public CubeAnswer {
    rows = List.copyOf(rows);
  }

  /**
   * The sums of one combination of values.
   *
   * @param values in the order of the dimensions asked for; empty: not known
   * @param cell what was measured
   */
  public record Row(List<String> values, Cell cell) {
    public Row {
      values = List.copyOf(values);
    }
  }

  /** The rows with the largest sums of a measure, largest first; at most so many. */
  public List<Row> top(Measure measure, int count) {
    Comparator<Row> order =
        Comparator.comparingLong((Row row) -> row.cell().sums().get(measure)).reversed();
    return rows.stream()
        .sorted(order.thenComparing(row -> String.join("\0", row.values())))
        .limit(count)
        .toList();
  }

  /** Sums of all rows and the others. */
  public Cell whole() {
    Cell whole = new Cell(true);
    rows.forEach(row -> whole.merge(row.cell()));
    whole.merge(others);
    return whole;
  }
}
