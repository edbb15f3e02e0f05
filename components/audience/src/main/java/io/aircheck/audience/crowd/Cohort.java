package io.aircheck.audience.crowd;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** A value of every dimension. Immutable. */
@SuppressWarnings("EnumOrdinal") // values lie in an array by their ordinal
public final class Cohort {
  private final String[] values;

  private Cohort(String[] values) {
    this.values = values;
  }

  /**
   * A cohort.
   *
   * @param values by dimension; those that are not there are empty
   */
  public static Cohort of(Map<Dimension, String> values) {
    String[] all = new String[Dimension.values().length];
    Arrays.fill(all, "");
    values.forEach((dimension, value) -> all[dimension.ordinal()] = value);
    return new Cohort(all);
  }

  /** The value of a dimension; empty: none. */
  public String value(Dimension dimension) {
    return values[dimension.ordinal()];
  }

  /** The same with another value of a dimension. */
  public Cohort with(Dimension dimension, String value) {
    String[] changed = values.clone();
    changed[dimension.ordinal()] = value;
    return new Cohort(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cohort that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    Map<Dimension, String> named = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      named.put(dimension, value(dimension));
    }
    return named.toString();
  }
}
