package io.aircheck.audience.truth;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.crowd.Dimension;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The truth of all views that are over, in all and by the values of each dimension, and what faults
 * of streams did. Grows with the number of values, not of views. Not thread-safe, but for {@link
 * #tolls}.
 */
public final class Truth {
  private final Sums total = new Sums();
  private final Tolls tolls = new Tolls();
  private final Map<Dimension, Map<String, Sums>> byDimension = new EnumMap<>(Dimension.class);

  /** A truth of nobody. */
  public Truth() {
    for (Dimension dimension : Dimension.values()) {
      byDimension.put(dimension, new TreeMap<>());
    }
  }

  /** Adds a view that is over. */
  public void add(Cohort cohort, Sums sums) {
    total.add(sums);
    byDimension.forEach(
        (dimension, values) ->
            values.computeIfAbsent(cohort.value(dimension), value -> new Sums()).add(sums));
  }

  /** What faults of streams did, also to those who are still there. */
  public Tolls tolls() {
    return tolls;
  }

  /** Of all views. */
  public Sums total() {
    return total.copy();
  }

  /** By the values of a dimension, in their order. */
  public Map<String, Sums> by(Dimension dimension) {
    Map<String, Sums> copies = new TreeMap<>();
    byDimension
        .getOrDefault(dimension, Map.of())
        .forEach((value, s) -> copies.put(value, s.copy()));
    return copies;
  }
}
