package io.aircheck.detectors.compare;

import java.util.Optional;

/**
 * Finds when the sound of a window is heard at another point: the share of milliseconds in which
 * both envelopes lie on the same side of their mean, less the share in which they do not.
 *
 * <p>Thresholds from the same measurements as those of {@link PictureComparison}, with sound coded
 * again at 48 to 64 kb/s, compressed in level, filtered and attenuated.
 */
final class SoundComparison {
  /** Smallest score that counts as the same sound. */
  static final double SAME = 0.3;

  /** How far above every rival it must be. */
  static final double MARGIN = 0.1;

  private static final int EXCLUSION_MILLIS = 15;

  private SoundComparison() {}

  /**
   * The lag of the sound from {@code fromMillis} to {@code toMillis} against the other point.
   *
   * @param nearMillis lag around which to search
   * @param reachMillis how far to search on each side
   */
  static Optional<Lag> lag(
      SoundSeries here,
      long fromMillis,
      long toMillis,
      SoundSeries there,
      long nearMillis,
      int reachMillis) {
    int words = (int) ((toMillis - fromMillis) / 64);
    int length = words * 64;
    long[] above = new long[words];
    long[] below = new long[words];
    for (int i = 0; i < words; i++) {
      above[i] = here.aboveAt(fromMillis + i * 64L);
      below[i] = here.belowAt(fromMillis + i * 64L);
    }
    long first = Math.max(there.startMillis(), fromMillis - nearMillis - reachMillis);
    long last = Math.min(there.endMillis() - length, fromMillis - nearMillis + reachMillis);
    if (words == 0 || last < first) {
      return Optional.empty();
    }
    float[] scores = new float[(int) (last - first) + 1];
    int span = words + scores.length / 64 + 1;
    long[] otherAbove = new long[span];
    long[] otherBelow = new long[span];
    for (int shift = 0; shift < Math.min(64, scores.length); shift++) {
      for (int i = 0; i < span; i++) {
        otherAbove[i] = there.aboveAt(first + shift + i * 64L);
        otherBelow[i] = there.belowAt(first + shift + i * 64L);
      }
      for (int place = shift; place < scores.length; place += 64) {
        scores[place] = score(above, below, otherAbove, otherBelow, place / 64);
      }
    }
    Peak peak = Peak.of(scores, EXCLUSION_MILLIS);
    boolean accepted = peak.accepted(SAME, MARGIN);
    double micros = (fromMillis - (first + peak.index())) * 1000.0;
    return Optional.of(new Lag(micros, peak.best(), peak.rival(), accepted, true));
  }

  private static float score(
      long[] above, long[] below, long[] otherAbove, long[] otherBelow, int offset) {
    int same = 0;
    int opposite = 0;
    for (int i = 0; i < above.length; i++) {
      long otherUp = otherAbove[offset + i];
      long otherDown = otherBelow[offset + i];
      same += Long.bitCount((above[i] & otherUp) | (below[i] & otherDown));
      opposite += Long.bitCount((above[i] & otherDown) | (below[i] & otherUp));
    }
    // Where little sounds, a few milliseconds that agree must not count as agreement.
    return (same - opposite) / (float) Math.max(same + opposite, above.length * 32);
  }
}
