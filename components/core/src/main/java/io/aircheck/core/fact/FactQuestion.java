package io.aircheck.core.fact;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question to a table of facts: sums for each combination of values, and step of time. Dimensions
 * are its columns of texts, and any other name is that of a label. A value that is empty stands for
 * what is not known.
 *
 * @param fromMillis facts of this time and later
 * @param toMillis facts before this time
 * @param stepMillis length of the steps, which begin at multiples of it; 0: all as one
 * @param where values that dimensions are to have
 * @param by dimensions whose values make the lines
 * @param sums columns to be summed
 * @param counts of different numbers
 */
public record FactQuestion(
    long fromMillis,
    long toMillis,
    long stepMillis,
    Map<String, String> where,
    List<String> by,
    List<String> sums,
    List<Count> counts) {

  /**
   * How many different numbers there are in a column.
   *
   * @param number its name
   * @param ifAny of facts in which any of these sums is above zero; empty: of all
   */
  public record Count(String number, Set<String> ifAny) {
    public Count {
      ifAny = Set.copyOf(ifAny);
    }
  }

  public FactQuestion {
    where = Map.copyOf(where);
    by = List.copyOf(by);
    sums = List.copyOf(sums);
    counts = List.copyOf(counts);
  }

  /** The start of the step that a time is in. */
  public long stepOf(long timeMillis) {
    return stepMillis == 0 ? fromMillis : Math.floorDiv(timeMillis, stepMillis) * stepMillis;
  }
}
