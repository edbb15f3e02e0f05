package io.aircheck.experience.measure;

/** Sums of measures that grow in place, as small as {@link Measures}. Not thread-safe. */
@SuppressWarnings("EnumOrdinal") // sums lie in arrays by their ordinal
public final class RunningSums {
  private long present;
  private long[] sums = new long[0];

  /** Adds each sum. */
  public void add(Measures more) {
    Measures.Sums added = more.form();
    makeRoom(added.present());
    int at = 0;
    for (long left = added.present(); left != 0; left &= left - 1) {
      sums[placeOf(left & -left)] += added.sums()[at++];
    }
  }

  /** The sums now. */
  public Measures value() {
    long[] all = new long[Measure.values().length];
    for (long left = present; left != 0; left &= left - 1) {
      all[Long.numberOfTrailingZeros(left)] = sums[placeOf(left & -left)];
    }
    return Measures.of(all);
  }

  private int placeOf(long bit) {
    return Long.bitCount(present & (bit - 1));
  }

  private void makeRoom(long wanted) {
    long all = present | wanted;
    if (all == present) {
      return;
    }
    long[] larger = new long[Long.bitCount(all)];
    int at = 0;
    for (long left = present; left != 0; left &= left - 1) {
      larger[Long.bitCount(all & ((left & -left) - 1))] = sums[at++];
    }
    present = all;
    sums = larger;
  }
}
