package io.aircheck.experience.feed;

import io.aircheck.experience.measure.Measures;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes of sums that may be taken back sums that never fall, for systems that count on it: what is
 * taken back is set off against what comes next of the same viewers, so that over time the totals
 * are the same. Bounded: of the viewers who owe something for the longest, it is forgiven. Not
 * thread-safe.
 */
public final class RisingSums {
  private static final int MOST_OWING = 10_000;

  private final LinkedHashMap<String, Measures> owed = new LinkedHashMap<>();

  /**
   * What to add.
   *
   * @param key whose sums these are
   * @param sums what is new; negative is what is taken back
   * @return none is negative
   */
  public Measures add(String key, Measures sums) {
    Measures before = owed.remove(key);
    long[] told = (before == null ? sums : sums.plus(before)).toArray();
    long[] owing = new long[told.length];
    for (int i = 0; i < told.length; i++) {
      if (told[i] < 0) {
        owing[i] = told[i];
        told[i] = 0;
      }
    }
    Measures left = Measures.of(owing);
    if (!left.isZero()) {
      owed.put(key, left);
      if (owed.size() > MOST_OWING) {
        Map.Entry<String, Measures> eldest = owed.firstEntry();
        owed.remove(eldest.getKey());
      }
    }
    return Measures.of(told);
  }
}
