package io.aircheck.core.task;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares when the renditions of a ladder sound: whether one has become early or late against the
 * one that is decoded in full. That is a suspicion; against which pictures the sound lies, the
 * pictures will tell. A lag is suspicious once. Not thread-safe.
 *
 * <p>The lag is where changes of level correlate best (normalized cross-correlation).
 *
 * @param <R> stands for a rendition
 */
final class LadderSound<R> {
  /** Blocks that are compared: 10 s. */
  private static final int WINDOW = 1000;

  /** And how often: 2 s. */
  private static final int STEP = 200;

  /** Largest lag that is looked for, 0.3 s. */
  private static final int MOST_LAG = 30;

  /** Blocks that changes of level reach back. */
  private static final int REACH = 2;

  /** Correlation without which no lag is known. */
  private static final double LEAST_CORRELATION = 0.6;

  /** So much less correlation with the usual lag makes the other certain. */
  private static final double LEAST_LEAD = 0.2;

  /** Lags that differ by more blocks than this are not the same; viewers notice 45 ms. */
  private static final int SAME_LAG = 2;

  private static final class Beside {
    private long comparedTo;
    private int usualLag;
    private int lastLag;
  }

  private final Map<R, Beside> besides = new HashMap<>();

  /**
   * Compares a rendition with the reference if both have gone on far enough.
   *
   * @return what is suspicious, in words
   */
  Optional<String> compare(R rendition, SoundLevels levels, SoundLevels reference) {
    Beside beside = besides.computeIfAbsent(rendition, r -> new Beside());
    long to = Math.min(levels.end(), reference.end()) - MOST_LAG;
    if (levels.sequence() != reference.sequence()
        || Math.abs(to - beside.comparedTo) < STEP
        || !levels.has(to - WINDOW - REACH, to)
        || !reference.has(to - WINDOW - MOST_LAG - REACH, to + MOST_LAG)) {
      return Optional.empty();
    }
    beside.comparedTo = to;
    double[] its = levels.changes(to - WINDOW, to);
    double[] others = reference.changes(to - WINDOW - MOST_LAG, to + MOST_LAG);
    int lag = 0;
    double best = -1;
    double usual = -1;
    for (int candidate = -MOST_LAG; candidate <= MOST_LAG; candidate++) {
      double correlation = correlation(its, others, MOST_LAG - candidate);
      if (correlation > best) {
        best = correlation;
        lag = candidate;
      }
      if (Math.abs(candidate - beside.usualLag) <= SAME_LAG) {
        usual = Math.max(usual, correlation);
      }
    }
    boolean certain = best >= LEAST_CORRELATION && best - usual >= LEAST_LEAD;
    boolean again = certain && Math.abs(lag - beside.lastLag) <= SAME_LAG;
    beside.lastLag = certain ? lag : beside.usualLag;
    if (!again) {
      return Optional.empty();
    }
    beside.usualLag = lag;
    return Optional.of("the sound of a rendition lies elsewhere");
  }

  private static double correlation(double[] its, double[] others, int offset) {
    double product = 0;
    double itsSquares = 0;
    double otherSquares = 0;
    for (int i = 0; i < its.length; i++) {
      double other = others[offset + i];
      product += its[i] * other;
      itsSquares += its[i] * its[i];
      otherSquares += other * other;
    }
    double scale = Math.sqrt(itsSquares * otherSquares);
    return scale == 0 ? 0 : product / scale;
  }
}
