package io.aircheck.experience.measure;

import io.aircheck.core.fold.StandsFor;
import java.util.Arrays;

/** A sum of each {@link Measure}. Immutable, and small where few of them are not zero. */
@SuppressWarnings("EnumOrdinal") // sums lie in arrays by their ordinal
public final class Measures implements StandsFor<Measures.Sums> {
  private static final Measure[] ALL = Measure.values();

  /** Nothing of anything. */
  public static final Measures ZERO = new Measures(0, new long[0]);

  /** Bit i is set where the measure of ordinal i is not zero. */
  private final long present;

  /** The sums that are not zero, by ordinal. */
  private final long[] sums;

  private Measures(long present, long[] sums) {
    this.present = present;
    this.sums = sums;
  }

  /**
   * The inverse of {@link #toArray}.
   *
   * @param sums by ordinal; measures that are not there are zero
   * @throws IllegalArgumentException if there are more than measures
   */
  public static Measures of(long[] sums) {
    if (sums.length > ALL.length) {
      throw new IllegalArgumentException(sums.length + " sums of " + ALL.length);
    }
    long present = 0;
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] != 0) {
        present |= 1L << i;
      }
    }
    if (present == 0) {
      return ZERO;
    }
    long[] kept = new long[Long.bitCount(present)];
    int at = 0;
    for (long left = present; left != 0; left &= left - 1) {
      kept[at++] = sums[Long.numberOfTrailingZeros(left)];
    }
    return new Measures(present, kept);
  }

  @Override
  public Sums form() {
    return new Sums(present, sums);
  }

  /**
   * Sums as they are written.
   *
   * @param present bit i is set where the measure of ordinal i is not zero
   * @param sums those that are not zero, by ordinal
   */
  @SuppressWarnings("ArrayRecordComponent") // written and read as they are, never compared
  public record Sums(long present, long[] sums) implements StandsFor.Form<Measures> {
    /**
     * @throws IllegalArgumentException if they are not those of measures
     */
    @Override
    public Measures value() {
      if (Long.bitCount(present) != sums.length || present >>> ALL.length != 0) {
        throw new IllegalArgumentException("these are no sums of measures");
      }
      return present == 0 ? ZERO : new Measures(present, sums);
    }
  }

  /** The sum of a measure. */
  public long get(Measure measure) {
    long bit = 1L << measure.ordinal();
    return (present & bit) == 0 ? 0 : sums[Long.bitCount(present & (bit - 1))];
  }

  /** Whether all sums are zero. */
  public boolean isZero() {
    return present == 0;
  }

  /** Both together. */
  public Measures plus(Measures other) {
    if (isZero()) {
      return other;
    }
    if (other.isZero()) {
      return this;
    }
    long[] both = toArray();
    other.addTo(both);
    return of(both);
  }

  /** These without others. */
  public Measures minus(Measures other) {
    long[] left = toArray();
    long[] gone = other.toArray();
    for (int i = 0; i < left.length; i++) {
      left[i] -= gone[i];
    }
    return of(left);
  }

  /** Adds each sum to that at its ordinal. */
  public void addTo(long[] totals) {
    int at = 0;
    for (long left = present; left != 0; left &= left - 1) {
      totals[Long.numberOfTrailingZeros(left)] += sums[at++];
    }
  }

  /** The sums by ordinal. */
  public long[] toArray() {
    long[] all = new long[ALL.length];
    addTo(all);
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Measures that
        && present == that.present
        && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(present) + Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (Measure measure : ALL) {
      if (get(measure) != 0) {
        text.append(text.length() == 1 ? "" : ", ").append(measure.id()).append('=');
        text.append(get(measure));
      }
    }
    return text.append('}').toString();
  }
}
