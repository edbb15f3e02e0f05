package io.aircheck.detectors.structure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;

/**
 * Learns how long the pictures of a shot are on screen until something new is seen, and tells when
 * one is held for longer than that and motion then makes up for it.
 *
 * <p>Content of any frame rate has its cadence: every picture new, every second one, 2:3 pulldown,
 * a picture repeated every second. Whatever a shot begins with is its cadence, so it is no defect.
 * A defect is a hold that is longer than the longest usual one <em>and</em> ends in a step larger
 * than the usual: the scene moved on while the picture was held. When a scene itself pauses, the
 * motion after the pause is no larger than before. A step says little where most of the picture
 * moves, so a picture that stands perfectly still between two that move is told as late as well:
 * {@link #isSharp}; whether that is a defect, a {@link Rhythm} can tell.
 *
 * <p>Across a cut the defect may go on and become the new shot's cadence; such pictures are told as
 * suspect, which says something only to those who saw the defect before the cut.
 */
final class Cadence {
  /** What a picture was. */
  enum Picture {
    /** Nothing new against the picture before. */
    REPEATED,
    /** New, at the usual time, or while the cadence is still being learned. */
    REGULAR,
    /** New after the picture before was held too long for this shot. */
    LATE,
    /** New after a hold that this shot may have by nature, but that would be too long before it. */
    SUSPECT,
    /** First of another shot. */
    CUT
  }

  /** Holds that are remembered, and how many of them make a cadence. */
  private static final int MEMORY = 24;

  private static final int LEARNED = 8;

  /**
   * Smallest of the learned steps against the largest: where repeated pictures are coded so badly
   * that they seem to move, standing still tells nothing.
   */
  private static final double MIN_EVEN = 0.15;

  /** Share of the remembered holds that count as usual. */
  private static final double USUAL_SHARE = 0.9;

  /** Share of the remembered holds up to the period of the shot. */
  private static final double PERIOD_SHARE = 0.5;

  /** Share of the remembered holds that are short in a mixed cadence. */
  private static final double SHORT_SHARE = 0.25;

  /** Weight of a new jump in the average over long holds, and how many make an average. */
  private static final double LONG_WEIGHT = 0.2;

  private static final int LONG_HOLDS = 4;

  /** Motion, as share of changed samples, below which nothing can be told. */
  private static final double MIN_CHANGE = 0.002;

  /** Change against the usual step below which a picture is a repetition. */
  private static final double MAX_REPEATED = 0.1;

  /** Change of a repetition against the smaller of the steps beside it, if all stood still. */
  private static final double SHARP = 0.1;

  /** Least step after a sharp hold against the usual one. */
  private static final double MIN_SHARP_JUMP = 0.3;

  /** From this many periods on a hold is no rest of the scene, which has small steps beside it. */
  private static final double LONG_PERIODS = 2.5;

  /** Least step before and after a shorter hold against the usual one. */
  private static final double MIN_STEP_BESIDE = 0.6;

  /** Longer holds are freezes or pauses, not stutter. */
  private static final long MAX_HOLD_MICROS = 500_000;

  /** A cut: most samples change, by much more than they usually do. */
  private static final double CUT_CHANGE = 0.5;

  private static final double CUT_DIFFERENCE = 20;

  /** After a long hold even motion makes a large step, so a cut must be larger still. */
  private static final double CUT_DIFFERENCE_AFTER_HOLD = 45;

  private static final double CUT_GROWTH = 4;

  /** Weight of a new step in the average of steps. */
  private static final double STEP_WEIGHT = 0.15;

  private final double minHoldFactor;
  private final double minJump;
  private final double minSteadyJump;
  private final long[] holds = new long[MEMORY];
  private final double[] steps = new double[LEARNED];
  private boolean even;
  private int learned;
  private double usualChange;
  private double usualDifference;
  private long lastNewMicros = Long.MIN_VALUE;
  private long holdMicros;
  private double jump;
  private int repetitions;
  private double largestRepetition;
  private double stepBefore;
  private boolean sharp;
  private long periodMicros;
  private int longHolds;
  private double logJump;
  private double stepAfterHold;
  private double shortStep;
  private double usualBeforeCut;

  /**
   * @param minHoldFactor how many periods more, plus one, than the longest usual hold a hold must
   *     last to be too long
   * @param minJump how many times the usual step the step at its end must be
   */
  Cadence(double minHoldFactor, double minJump, double minSteadyJump) {
    this.minHoldFactor = minHoldFactor;
    this.minJump = minJump;
    this.minSteadyJump = minSteadyJump;
  }

  /** Forgets the shot. */
  void clear() {
    learned = 0;
    even = false;
    usualChange = 0;
    usualDifference = 0;
    lastNewMicros = Long.MIN_VALUE;
    repetitions = 0;
    largestRepetition = 0;
    stepBefore = 0;
    longHolds = 0;
    logJump = 0;
    stepAfterHold = 0;
    shortStep = 0;
    usualBeforeCut = 0;
  }

  /**
   * Takes in a picture.
   *
   * @param ptsMicros media time at which it appears
   * @param changedShare share of its samples that differ from the picture before
   * @param meanDifference mean absolute difference to the picture before, 8-bit scale
   */
  Picture add(long ptsMicros, double changedShare, double meanDifference) {
    if (isCut(ptsMicros, changedShare, meanDifference)) {
      double usual = learned >= LEARNED ? holdAt(USUAL_SHARE) : usualBeforeCut;
      if (learned >= LEARNED) {
        periodMicros = holdAt(PERIOD_SHARE);
      }
      holdMicros = lastNewMicros == Long.MIN_VALUE ? 0 : ptsMicros - lastNewMicros;
      jump = 1;
      sharp =
          repetitions > 0
              && usual > 0
              && holdMicros >= minHoldFactor * usual
              && holdMicros <= MAX_HOLD_MICROS;
      clear();
      usualBeforeCut = usual;
      lastNewMicros = ptsMicros;
      return Picture.CUT;
    }
    if (changedShare < Math.max(MIN_CHANGE, MAX_REPEATED * usualChange)) {
      repetitions++;
      largestRepetition = Math.max(largestRepetition, changedShare);
      return Picture.REPEATED;
    }
    long before = lastNewMicros;
    double step = stepBefore;
    double still = largestRepetition;
    boolean repeats = repetitions > 0;
    lastNewMicros = ptsMicros;
    stepBefore = changedShare;
    largestRepetition = 0;
    repetitions = 0;
    if (before == Long.MIN_VALUE || ptsMicros - before > MAX_HOLD_MICROS) {
      return Picture.REGULAR;
    }
    holdMicros = ptsMicros - before;
    jump = usualChange == 0 ? 0 : changedShare / usualChange;
    boolean isShort = learned < LEARNED || holdMicros < minHoldFactor * holdAt(SHORT_SHARE);
    if (!isShort && isTooLong()) {
      periodMicros = holdAt(PERIOD_SHARE);
      sharp =
          even
              && repeats
              && isSharp(step == 0 ? changedShare : Math.min(step, changedShare), still);
      if (jump >= minJump || sharp) {
        return Picture.LATE;
      }
    }
    learn(changedShare, meanDifference, isShort);
    if (isShort) {
      compareWithNeighbours(changedShare);
    } else {
      stepAfterHold = repeats ? changedShare : 0;
    }
    boolean longForShotBefore =
        repeats && usualBeforeCut > 0 && holdMicros >= minHoldFactor * usualBeforeCut;
    boolean jumps = !isShort && longHolds >= LONG_HOLDS && logJump >= Math.log(minSteadyJump);
    return longForShotBefore || jumps ? Picture.SUSPECT : Picture.REGULAR;
  }

  private boolean isTooLong() {
    return holdMicros >= holdAt(USUAL_SHARE) + (minHoldFactor - 1) * holdAt(SHORT_SHARE);
  }

  private boolean isSharp(double smallerStep, double still) {
    return still <= SHARP * smallerStep
        && jump >= MIN_SHARP_JUMP
        && (holdMicros >= LONG_PERIODS * periodMicros
            || smallerStep >= MIN_STEP_BESIDE * usualChange);
  }

  /** Compares the step after a long hold with the short steps on both sides of it. */
  private void compareWithNeighbours(double change) {
    if (stepAfterHold > 0 && shortStep > 0) {
      longHolds++;
      double log = Math.log(stepAfterHold) - (Math.log(shortStep) + Math.log(change)) / 2;
      logJump += Math.max(LONG_WEIGHT, 1.0 / longHolds) * (log - logJump);
    }
    stepAfterHold = 0;
    shortStep = change;
  }

  /** How long the picture before the last new one was on screen, in microseconds. */
  long holdMicros() {
    return holdMicros;
  }

  /** Size of the last new picture's step against the usual one; 1 at a cut. */
  double jump() {
    return jump;
  }

  /**
   * Whether the picture before the last late one, or the last of the shot before a cut, was held
   * too long and stood still between pictures that moved.
   */
  boolean isSharp() {
    return sharp;
  }

  /** Usual time between new pictures before the last late one, in microseconds. */
  long periodMicros() {
    return periodMicros;
  }

  private boolean isCut(long ptsMicros, double changedShare, double meanDifference) {
    if (changedShare < CUT_CHANGE || meanDifference < CUT_GROWTH * usualDifference) {
      return false;
    }
    boolean afterLongHold =
        learned >= LEARNED
            && ptsMicros - lastNewMicros >= minHoldFactor * holdAt(USUAL_SHARE)
            && ptsMicros - lastNewMicros <= MAX_HOLD_MICROS;
    return meanDifference >= (afterLongHold ? CUT_DIFFERENCE_AFTER_HOLD : CUT_DIFFERENCE);
  }

  private void learn(double changedShare, double meanDifference, boolean isShort) {
    if (isShort) {
      double weight = learned == 0 ? 1 : Math.max(STEP_WEIGHT, 1.0 / (learned + 1));
      usualChange += weight * (changedShare - usualChange);
      usualDifference += weight * (meanDifference - usualDifference);
    }
    holds[learned % MEMORY] = holdMicros;
    steps[learned % LEARNED] = changedShare;
    learned++;
    if (learned >= LEARNED && !even) {
      DoubleSummaryStatistics range = Arrays.stream(steps).summaryStatistics();
      even = range.getMin() >= MIN_EVEN * range.getMax();
    }
  }

  /** The hold that a share of the remembered ones does not exceed. */
  private long holdAt(double share) {
    long[] sorted = Arrays.copyOf(holds, Math.min(learned, MEMORY));
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  void snapshot(DataOutput state) throws IOException {
    for (long hold : holds) {
      state.writeLong(hold);
    }
    for (double step : steps) {
      state.writeDouble(step);
    }
    state.writeInt(learned);
    state.writeBoolean(even);
    state.writeDouble(usualChange);
    state.writeDouble(usualDifference);
    state.writeLong(lastNewMicros);
    state.writeInt(repetitions);
    state.writeDouble(largestRepetition);
    state.writeDouble(stepBefore);
    state.writeLong(periodMicros);
    state.writeInt(longHolds);
    state.writeDouble(logJump);
    state.writeDouble(stepAfterHold);
    state.writeDouble(shortStep);
    state.writeDouble(usualBeforeCut);
  }

  void restore(DataInput state) throws IOException {
    for (int i = 0; i < MEMORY; i++) {
      holds[i] = state.readLong();
    }
    for (int i = 0; i < LEARNED; i++) {
      steps[i] = state.readDouble();
    }
    learned = state.readInt();
    even = state.readBoolean();
    usualChange = state.readDouble();
    usualDifference = state.readDouble();
    lastNewMicros = state.readLong();
    repetitions = state.readInt();
    largestRepetition = state.readDouble();
    stepBefore = state.readDouble();
    periodMicros = state.readLong();
    longHolds = state.readInt();
    logJump = state.readDouble();
    stepAfterHold = state.readDouble();
    shortStep = state.readDouble();
    usualBeforeCut = state.readDouble();
  }
}
