package io.aircheck.detectors.sound.jump;

import java.util.Arrays;

/**
 * How the distributions of the levels of the bands differ before and after the middle of a {@link
 * LevelTrail}. A gain shifts all of them by one number, the soft parts as far as the loud ones.
 *
 * @param loudDb shift of the loud parts: median over the bands of the change of the 0.9 quantile
 * @param unevennessDb mean distance of the shifts, of five quantiles of each band, from their
 *     median
 */
record LevelShift(double loudDb, double unevennessDb) {
  private static final double[] QUANTILES = {0.1, 0.3, 0.5, 0.7, 0.9};
  private static final int LOUD = QUANTILES.length - 1;

  /** A band counts when this quantile of its levels is above that level on either side. */
  private static final double AUDIBLE_QUANTILE = 0.8;

  private static final double AUDIBLE_DBFS = -75;

  /** The block beside the middle still holds some of the other side, in lossy codecs. */
  private static final int BLOCKS = LevelTrail.SIDE - 1;

  static LevelShift of(LevelTrail trail) {
    double[] shifts = new double[trail.bands() * QUANTILES.length];
    double[] loud = new double[trail.bands()];
    int bands = 0;
    for (int band = 0; band < trail.bands(); band++) {
      double[] before = sorted(trail, -LevelTrail.SIDE, band);
      double[] after = sorted(trail, 2, band);
      if (Math.max(quantile(before, AUDIBLE_QUANTILE), quantile(after, AUDIBLE_QUANTILE))
          <= AUDIBLE_DBFS) {
        continue;
      }
      for (int q = 0; q < QUANTILES.length; q++) {
        shifts[bands * QUANTILES.length + q] =
            quantile(after, QUANTILES[q]) - quantile(before, QUANTILES[q]);
      }
      loud[bands] = shifts[bands * QUANTILES.length + LOUD];
      bands++;
    }
    if (bands == 0) {
      return new LevelShift(0, 0);
    }
    double[] counted = Arrays.copyOf(shifts, bands * QUANTILES.length);
    double median = median(counted);
    double distance = 0;
    for (double shift : counted) {
      distance += Math.abs(shift - median);
    }
    return new LevelShift(median(Arrays.copyOf(loud, bands)), distance / counted.length);
  }

  private static double[] sorted(LevelTrail trail, int firstBlock, int band) {
    double[] levels = new double[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      levels[i] = trail.level(firstBlock + i, band);
    }
    Arrays.sort(levels);
    return levels;
  }

  /** Sorts the values. */
  private static double median(double[] values) {
    Arrays.sort(values);
    return quantile(values, 0.5);
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
