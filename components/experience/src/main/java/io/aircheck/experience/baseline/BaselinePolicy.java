package io.aircheck.experience.baseline;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How what is usual is learnt, and what is unusual.
 *
 * @param zone whose hours and days make the habits of viewers
 * @param halfLifeMillis after so much time the recent past counts half
 * @param leastHistoryMillis views that have been known for less are not judged
 * @param acceptMillis what has been unusual for so long is what is usual now
 * @param unusualZ standard errors from which a window is unusual
 * @param raisedZ standard errors from which it goes on being so
 */
public record BaselinePolicy(
    ZoneId zone,
    long halfLifeMillis,
    long leastHistoryMillis,
    long acceptMillis,
    double unusualZ,
    double raisedZ) {

  /** An hour counts half; half an hour is needed; a day is accepted. */
  public static final BaselinePolicy DEFAULT =
      new BaselinePolicy(ZoneOffset.UTC, 3_600_000, 1_800_000, 86_400_000, 4, 2);

  /**
   * @throws IllegalArgumentException if something is out of its range
   */
  public BaselinePolicy {
    if (halfLifeMillis < 1
        || leastHistoryMillis < 0
        || acceptMillis < 1
        || !(raisedZ > 0)
        || !(unusualZ >= raisedZ)) {
      throw new IllegalArgumentException("lengths or limits of a baseline");
    }
  }
}
