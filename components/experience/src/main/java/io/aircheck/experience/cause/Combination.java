package io.aircheck.experience.cause;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Values of some dimensions, and all views that have them: a cohort, or a place to look for a
 * cause. An empty value is one that is not known.
 *
 * @param values by dimension, sorted; none: all views
 */
public record Combination(Map<String, String> values) {
  /** All views. */
  public static final Combination EVERYWHERE = new Combination(Map.of());

  public Combination {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * The combination of these values.
   *
   * @throws IllegalArgumentException if there are not as many as dimensions
   */
  public static Combination of(List<String> dimensions, List<String> values) {
    if (dimensions.size() != values.size()) {
      throw new IllegalArgumentException(values + " are not values of " + dimensions);
    }
    Map<String, String> byDimension = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      byDimension.put(dimensions.get(i), values.get(i));
    }
    return new Combination(byDimension);
  }

  /** Whether it has every view that the other has. */
  public boolean covers(Combination other) {
    return other.values.entrySet().containsAll(values.entrySet());
  }

  /** Whether it is of all views. */
  public boolean isEverywhere() {
    return values.isEmpty();
  }

  /** As in {@code cdn=cdn-b & country=DE}. */
  @Override
  public String toString() {
    return values.isEmpty()
        ? "everywhere"
        : values.entrySet().stream()
            .map(
                value ->
                    value.getValue().isEmpty()
                        ? value.getKey() + " not known"
                        : value.getKey() + "=" + value.getValue())
            .collect(Collectors.joining(" & "));
  }
}
