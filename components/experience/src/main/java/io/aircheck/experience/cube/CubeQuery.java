package io.aircheck.experience.cube;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question to a cube: the sums of each combination of values of some dimensions.
 *
 * @param fromMillis windows that begin at or after this
 * @param toMillis windows that begin before this
 * @param filter values that dimensions are to have
 * @param by dimensions whose values make the rows; none: one row
 * @param sumsAlone whether percentiles, numbers of sessions and hit sessions are not wanted, which
 *     is a lot faster
 */
public record CubeQuery(
    long fromMillis,
    long toMillis,
    Map<String, String> filter,
    List<String> by,
    boolean sumsAlone) {
  public CubeQuery {
    filter = Map.copyOf(filter);
    by = List.copyOf(by);
  }

  /** A question for all that is known. */
  public CubeQuery(long fromMillis, long toMillis, Map<String, String> filter, List<String> by) {
    this(fromMillis, toMillis, filter, by, false);
  }

  /** The same question, for sums alone. */
  public CubeQuery forSums() {
    return new CubeQuery(fromMillis, toMillis, filter, by, true);
  }

  /**
   * What the views of a row of the answer have in common.
   *
   * @param values of the row
   */
  public Map<String, String> cohort(List<String> values) {
    Map<String, String> cohort = new HashMap<>(filter);
    for (int i = 0; i < values.size(); i++) {
      cohort.put(by.get(i), values.get(i));
    }
    return cohort;
  }

  /** All dimensions that it names. */
  Set<String> dimensions() {
    Set<String> dimensions = new LinkedHashSet<>(by);
    dimensions.addAll(filter.keySet());
    return dimensions;
  }
}
