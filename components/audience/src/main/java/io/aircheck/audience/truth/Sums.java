package io.aircheck.audience.truth;

import java.util.Arrays;

/** A sum of each measure. Not thread-safe. */
@SuppressWarnings("EnumOrdinal") // sums lie in an array by their ordinal
public final class Sums {
  private final long[] sums;

  /** Nothing of anything. */
  public Sums() {
    this(new long[TrueMeasure.values().length]);
  }

  private Sums(long[] sums) {
    this.sums = sums;
  }

  /** The sum of a measure. */
  public long get(TrueMeasure measure) {
    return sums[measure.ordinal()];
  }

  /** Adds to a measure. */
  public void add(TrueMeasure measure, long amount) {
    sums[measure.ordinal()] += amount;
  }

  /** Adds all of another. */
  public void add(Sums other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
  }

  /** The same now, whatever is added later. */
  public Sums copy() {
    return new Sums(sums.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sums that && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (TrueMeasure measure : TrueMeasure.values()) {
      if (get(measure) != 0) {
        text.append(text.length() == 1 ? "" : ", ").append(measure.id()).append('=');
        text.append(get(measure));
      }
    }
    return text.append('}').toString();
  }
}
