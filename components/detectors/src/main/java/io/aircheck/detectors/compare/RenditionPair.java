package io.aircheck.detectors.compare;

import io.aircheck.detectors.compare.RenditionComparison.Relation;
import io.aircheck.detectors.compare.RenditionComparison.Verdict;
import java.io.Serializable;

/**
 * How two renditions relate, as far as several comparisons agree. Immutable.
 *
 * @param nextMicros ladder time that both must reach for the next comparison
 * @param last the last verdict that was not unknown; its lag and offset are the last that were
 *     known
 * @param votes how many verdicts in a row agree on relation and lag
 * @param sinceMicros since when, as the first of them tells
 * @param sameMicros ladder time at which the pictures were last seen to be the same
 * @param offsetVotes how many measurements in a row agree on the offset of the sound
 * @param offsetSinceMicros where the window of the first of them begins
 */
record RenditionPair(
    long nextMicros,
    Verdict last,
    int votes,
    long sinceMicros,
    long sameMicros,
    int offsetVotes,
    long offsetSinceMicros)
    implements Serializable {
  static final RenditionPair NEW = new RenditionPair(0, Verdict.UNKNOWN, 0, 0, 0, 0, 0);

  /** Ladder time from comparison to comparison. */
  private static final long HOP_MICROS = 2_000_000;

  /** Comparisons that must agree. */
  private static final int VOTES = 2;

  /** A verdict that a majority cannot decide on is waited for as long as this many comparisons. */
  private static final int PATIENT_VOTES = 8;

  /** Lags from comparison to comparison agree within two pictures at 25 per second. */
  private static final double LAG_AGREEMENT_MILLIS = 80;

  private static final double OFFSET_AGREEMENT_MILLIS = 10;

  /** Ladder time that is further back than this belongs to a time line that was given up. */
  private static final long GIVEN_UP_MICROS = 30_000_000;

  /** Whether it is time for a comparison. */
  boolean due(long reachedMicros) {
    return reachedMicros >= nextMicros || reachedMicros < nextMicros - GIVEN_UP_MICROS;
  }

  boolean decided() {
    return votes >= VOTES;
  }

  /** Whether it has been so for so long that nothing more is waited for. */
  boolean settled() {
    return votes >= PATIENT_VOTES;
  }

  boolean offsetDecided() {
    return offsetVotes >= VOTES;
  }

  /** Takes a verdict in on what both showed up to a ladder time. */
  RenditionPair with(Verdict verdict, long reachedMicros) {
    long next = reachedMicros + HOP_MICROS;
    if (verdict.relation() == Relation.UNKNOWN) {
      return new RenditionPair(
          next, last, votes, sinceMicros, sameMicros, offsetVotes, offsetSinceMicros);
    }
    boolean agrees =
        verdict.relation() == last.relation()
            && !differ(verdict.lagMillis(), last.lagMillis(), LAG_AGREEMENT_MILLIS);
    boolean offsetAgrees =
        agrees && !differ(verdict.offsetMillis(), last.offsetMillis(), OFFSET_AGREEMENT_MILLIS);
    boolean offsetKnown = !Double.isNaN(verdict.offsetMillis());
    long window = Math.max(0, reachedMicros - Offset.WINDOW_MICROS);
    return new RenditionPair(
        next,
        agrees ? verdict.orElse(last, offsetAgrees) : verdict,
        agrees ? votes + 1 : 1,
        agrees ? sinceMicros : since(verdict, reachedMicros),
        verdict.relation() == Relation.SAME ? reachedMicros : sameMicros,
        offsetAgrees ? offsetVotes + (offsetKnown ? 1 : 0) : offsetKnown ? 1 : 0,
        offsetAgrees && offsetVotes > 0 ? offsetSinceMicros : window);
  }

  private static boolean differ(double one, double other, double tolerance) {
    return Math.abs(one - other) >= tolerance;
  }

  private long since(Verdict verdict, long reachedMicros) {
    return verdict.relation() == Relation.DIFFERENT
        // Other pictures are looked back on for longer than the same ones.
        ? Math.max(sameMicros, Math.max(0, reachedMicros - RenditionComparison.LOOK_BACK_MICROS))
        : Math.max(0, reachedMicros - Offset.WINDOW_MICROS);
  }
}
