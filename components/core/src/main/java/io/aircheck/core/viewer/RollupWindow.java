package io.aircheck.core.viewer;

import java.util.List;
import java.util.Map;

/**
 * Sums of a window by the values of some dimensions, as they are now.
 *
 * @param startMillis start of the window
 * @param lengthMillis its length
 * @param dimensions in the order of the values of rows
 * @param isWhole whether the rows are all there are, so that what is not among them is to go; else
 *     they are those that have changed
 */
public record RollupWindow(
    long startMillis, long lengthMillis, List<String> dimensions, boolean isWhole, List<Row> rows) {
  public RollupWindow {
    dimensions = List.copyOf(dimensions);
    rows = List.copyOf(rows);
  }

  /**
   * Sums of one combination of values, or of all that have none of their own.
   *
   * @param values of the dimensions; empty: not known
   * @param isOthers whether it is of those that were too rare; then there are no values
   * @param weight of how much
   * @param sums exact, by the names of measures; what is zero is left out
   * @param cell all that is known, as {@link RollupRules} writes it; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // written as they are, never compared
  public record Row(
      List<String> values, boolean isOthers, long weight, Map<String, Long> sums, byte[] cell) {
    public Row {
      values = List.copyOf(values);
      sums = Map.copyOf(sums);
    }
  }
}
