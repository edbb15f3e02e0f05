package io.aircheck.detectors.sound.jump;

import org.jspecify.annotations.Nullable;

/**
 * A change of level in the middle of a {@link LevelTrail}, and how much it is like a change of
 * gain. A gain multiplies all bands by one number, within a block, and for good. What begins to
 * sound or falls silent has a spectrum of its own, rises or decays, and passes.
 *
 * <p>The weights are those of a logistic regression over edges of clean programmes and the same
 * with a gain put in; how it was fitted is in decision 71.
 *
 * @param direction 1 louder, -1 softer
 * @param before level of the 1.5 s before
 * @param after level of the 1.5 s after
 * @param lasting whether the outer halves of both sides differ alike: a bang is over by then
 * @param rise change within 30 ms in its direction, mean of the bands, dB
 * @param evidence logarithm of the odds that it is a change of gain
 */
record GainStep(
    int direction,
    GatedLevel before,
    GatedLevel after,
    boolean lasting,
    double rise,
    double evidence) {
  private static final int HOP = 10;
  private static final int HOPS = LevelTrail.SIDE / HOP;

  /** A smaller change within 30 ms is not looked at, dB. */
  private static final double LEAST_SUDDEN = 4.5;

  /** Bands whose changes differ more than this, as standard deviation, do not change together. */
  private static final double MOST_SPREAD = 8;

  /** Most distance of the block that changes most, blocks: the step is where it changes most. */
  private static final int NEAR = 3;

  /** Bands softer than this in the 80 ms on both sides say nothing. */
  private static final double AUDIBLE_DBFS = -80;

  private static final int FEWEST_BANDS = 3;

  /** Programme falls silent at once more often than it becomes loud at once: odds of e to one. */
  private static final double SOFTENING = 1;

  /** Change of the levels over some blocks each side: mean and standard deviation over bands. */
  private record Change(double mean, double spread) {}

  /** The step in the middle of the trail, or null where the level does not change at once. */
  static @Nullable GainStep of(LevelTrail trail) {
    boolean[] audible = new boolean[trail.bands()];
    int count = 0;
    for (int band = 0; band < audible.length; band++) {
      audible[band] = Math.max(trail.level(-8, 8, band), trail.level(1, 8, band)) > AUDIBLE_DBFS;
      count += audible[band] ? 1 : 0;
    }
    if (count < FEWEST_BANDS) {
      return null;
    }
    Change sudden = change(trail, 0, 3, audible);
    if (Math.abs(sudden.mean) < LEAST_SUDDEN) {
      return null;
    }
    Change within80Millis = change(trail, 0, 8, audible);
    if (within80Millis.spread > MOST_SPREAD || within80Millis.mean * sudden.mean <= 0) {
      return null;
    }
    for (int shift = 1; shift <= NEAR; shift++) {
      if (Math.abs(change(trail, -shift, 3, audible).mean) > Math.abs(sudden.mean)
          || Math.abs(change(trail, shift, 3, audible).mean) > Math.abs(sudden.mean)) {
        return null;
      }
    }
    return weigh(trail, audible, sudden, within80Millis);
  }

  private static GainStep weigh(
      LevelTrail trail, boolean[] audible, Change sudden, Change within80Millis) {
    int direction = sudden.mean > 0 ? 1 : -1;
    GatedLevel before = before(trail);
    GatedLevel after = after(trail);
    double change = direction * (after.lufs() - before.lufs());
    double apart =
        direction > 0
            ? after.medianLufs() - before.loudestLufs()
            : before.medianLufs() - after.loudestLufs();
    double rise = direction * sudden.mean;
    double within20Millis = direction * change(trail, 0, 2, audible).mean;
    LevelShift shift = LevelShift.of(trail);
    double evidence =
        (direction > 0 ? -13.9 : -13.9 - SOFTENING)
            + 1.16 * Math.min(rise, 8)
            + 0.2 * Math.min(rise, 25)
            - 0.7 * Math.min(sudden.spread, 12)
            + 0.49 * within80Millis.spread
            + 0.64 * Math.min(change, 8)
            + 0.16 * Math.clamp(apart, -10, 25)
            - 0.19 * Math.min(Math.abs(rise - change), 12)
            - 0.2 * Math.min(Math.abs(direction * shift.loudDb() - change), 12)
            - 0.74 * Math.min(Math.abs(within20Millis - rise), 6)
            - 0.28 * Math.min(Math.abs(direction * within80Millis.mean - rise), 10)
            - 0.28 * Math.min(shift.unevennessDb(), 12);
    return new GainStep(direction, before, after, lasts(trail, before, after), rise, evidence);
  }

  /** Change about a block, over some blocks on each side of it, of the bands that are audible. */
  private static Change change(LevelTrail trail, int block, int blocks, boolean[] audible) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int band = 0; band < audible.length; band++) {
      if (audible[band]) {
        double change =
            trail.level(block + 1, blocks, band) - trail.level(block - blocks, blocks, band);
        sum += change;
        squares += change * change;
        count++;
      }
    }
    double mean = sum / count;
    return new Change(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
  }

  /** Level of the 1.5 s before the middle of a trail. */
  static GatedLevel before(LevelTrail trail) {
    return gated(trail, -LevelTrail.SIDE);
  }

  /** Level of the 1.5 s after it. */
  static GatedLevel after(LevelTrail trail) {
    return gated(trail, 1);
  }

  private static GatedLevel gated(LevelTrail trail, int firstBlock) {
    double[] hops = new double[HOPS];
    for (int i = 0; i < HOPS; i++) {
      hops[i] = trail.power(firstBlock + i * HOP, HOP);
    }
    return GatedLevel.of(hops);
  }

  private static boolean lasts(LevelTrail trail, GatedLevel before, GatedLevel after) {
    int half = LevelTrail.SIDE / 2;
    double early = GatedLevel.lufs(trail.power(-LevelTrail.SIDE, half));
    double late = GatedLevel.lufs(trail.power(LevelTrail.SIDE - half + 1, half));
    double middle = (before.lufs() + after.lufs()) / 2;
    return before.lufs() < after.lufs()
        ? early <= middle && late >= middle
        : early >= middle && late <= middle;
  }

  /** Loudness after less loudness before. */
  double changeLu() {
    return after.lufs() - before.lufs();
  }
}
