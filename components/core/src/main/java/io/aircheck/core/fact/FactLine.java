package io.aircheck.core.fact;

import java.util.List;

/**
 * A line of an answer.
 *
 * @param stepMillis start of its step; without steps, that of the question
 * @param values of the dimensions asked for
 * @param sums in the order of the question
 * @param counts in the order of the question
 */
public record FactLine(long stepMillis, List<String> values, List<Long> sums, List<Long> counts) {
  public FactLine {
    values = List.copyOf(values);
    sums = List.copyOf(sums);
    counts = List.copyOf(counts);
  }
}
