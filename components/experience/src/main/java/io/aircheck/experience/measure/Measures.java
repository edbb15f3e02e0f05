package io.aircheck.experience.measure;

import java.util.Arrays;

/** A sum of each {@link Measure}. Immutable. */
public final class Measures {
  /** Nothing of anything. */
  public static final Measures ZERO = new Measures(new long[Measure.count()]);

  private final long[] sums;

  private Measures(long[] sums) {
    this.sums = sums;
  }

  /**
   * The inverse of {@link #toArray}.
   *
   * @param sums by ordinal; measures that are not there are zero
   * @throws IllegalArgumentException if there are more than measures
   */
  public static Measures of(long[] sums) {
    if (sums.length > Measure.count()) {
      throw new IllegalArgumentException(sums.length + " sums of " + Measure.count());
    }
    for (long sum : sums) {
      if (sum != 0) {
        return new Measures(Arrays.copyOf(sums, Measure.count()));
      }
    }
    return ZERO;
  }

  /** The sum of a measure. */
  public long get(Measure measure) {
    return sums[measure.ordinal()];
  }

  /** Whether all sums are zero. */
  public boolean isZero() {
    return this == ZERO || equals(ZERO);
  }

  /** Both together. */
  public Measures plus(Measures other) {
    if (this == ZERO) {
      return other;
    }
    if (other == ZERO) {
      return this;
    }
    long[] both = sums.clone();
    other.addTo(both);
    return of(both);
  }

  /** Adds each sum to that at its ordinal. */
  public void addTo(long[] totals) {
    for (int i = 0; i < sums.length; i++) {
      totals[i] += sums[i];
    }
  }

  /** The sums by ordinal. */
  public long[] toArray() {
    return sums.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Measures that && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (Measure measure : Measure.values()) {
      if (get(measure) != 0) {
        text.append(text.length() == 1 ? "" : ", ").append(measure.id()).append('=');
        text.append(get(measure));
      }
    }
    return text.append('}').toString();
  }
}
