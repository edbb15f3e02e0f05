package io.aircheck.detectors.sound.hum;

import io.aircheck.detectors.sound.Decibels;
import java.util.List;

/**
 * What two seconds of all channels show at a mains frequency and its harmonics.
 *
 * @param levelDbfs RMS level of the harmonics that stand out, in the channel where they are loudest
 * @param fundamentalDb how far the fundamental is above its loudest neighbour
 * @param standing harmonics, the fundamental among them, that stand out clearly
 * @param deviationHertz deviation of the mains from the nominal frequency
 */
record LineReading(double levelDbfs, double fundamentalDb, int standing, double deviationHertz) {

  /** A line this far above its neighbours is counted. */
  private static final double STANDING_DB = 6;

  /** A line this far above its neighbours adds to the level. */
  private static final double AUDIBLE_DB = 3;

  /** Mains stay within 0.2 Hz of the nominal frequency. */
  private static final int DEVIATIONS = 4;

  private static final double DEVIATION_STEP_HERTZ = 0.05;

  /** Neighbours lie outside the main lobe, and within reach of the averaged steps. */
  private static final double NEAREST_HERTZ = 1.5;

  /** A line is the highest within this distance: G1, at 49 Hz, reaches as far as 50 Hz. */
  private static final double SLOPE_HERTZ = 0.5;

  private static final double FARTHEST_HERTZ = 6;
  private static final double GRID_HERTZ = 0.5;

  /** The largest distance of a harmonic, 6 times 0.2 Hz, and of its neighbours in grid steps. */
  private static final int GRID = 15;

  /** Neighbours are never taken to be softer: below is the rounding of 16-bit sound. */
  private static final double LEAST_POWER = 1e-11;

  /** Reads the spectra of the channels; the deviation is that at which the harmonics stand most. */
  static LineReading of(List<LineSpectrum> channels) {
    double[][] surroundings = new double[LineSpectrum.HARMONICS + 1][2 * GRID + 1];
    for (int h = 1; h <= LineSpectrum.HARMONICS; h++) {
      for (int g = -GRID; g <= GRID; g++) {
        surroundings[h][g + GRID] = power(channels, h, g * GRID_HERTZ);
      }
    }
    double best = -1;
    double bestDeviation = 0;
    double[] heights = new double[LineSpectrum.HARMONICS + 1];
    double[] tried = new double[LineSpectrum.HARMONICS + 1];
    for (int d = -DEVIATIONS; d <= DEVIATIONS; d++) {
      double deviation = d * DEVIATION_STEP_HERTZ;
      double score = 0;
      for (int h = 1; h <= LineSpectrum.HARMONICS; h++) {
        tried[h] = height(channels, h, h * deviation, surroundings[h]);
        score += tried[h] >= STANDING_DB ? tried[h] : 0;
      }
      if (score > best) {
        best = score;
        bestDeviation = deviation;
        double[] last = heights;
        heights = tried;
        tried = last;
      }
    }
    return at(channels, bestDeviation, heights);
  }

  /** How far a line is above its loudest neighbour in decibels; 0 on the slope of another line. */
  private static double height(
      List<LineSpectrum> channels, int harmonic, double offset, double[] surroundings) {
    double line = power(channels, harmonic, offset);
    if (line < power(channels, harmonic, offset - SLOPE_HERTZ)
        || line < power(channels, harmonic, offset + SLOPE_HERTZ)) {
      return 0;
    }
    return Math.max(0, 10 * Math.log10(line / loudestNeighbour(surroundings, offset)));
  }

  private static LineReading at(List<LineSpectrum> channels, double deviation, double[] heights) {
    double loudest = 0;
    for (LineSpectrum channel : channels) {
      double sum = 0;
      for (int h = 1; h < heights.length; h++) {
        sum += heights[h] >= AUDIBLE_DB ? channel.power(h, h * deviation) : 0;
      }
      loudest = Math.max(loudest, sum);
    }
    int standing = 0;
    for (int h = 1; h < heights.length; h++) {
      standing += heights[h] >= STANDING_DB ? 1 : 0;
    }
    return new LineReading(Decibels.ofPower(loudest), heights[1], standing, deviation);
  }

  /** The channels' powers are added, so that neither phase nor place of the hum matters. */
  private static double power(List<LineSpectrum> channels, int harmonic, double offset) {
    double sum = 0;
    for (LineSpectrum channel : channels) {
      sum += channel.power(harmonic, offset);
    }
    return sum;
  }

  private static double loudestNeighbour(double[] surroundings, double offset) {
    double loudest = LEAST_POWER;
    for (int g = -GRID; g <= GRID; g++) {
      double distance = Math.abs(g * GRID_HERTZ - offset);
      if (distance >= NEAREST_HERTZ && distance <= FARTHEST_HERTZ) {
        loudest = Math.max(loudest, surroundings[g + GRID]);
      }
    }
    return loudest;
  }
}
