package io.aircheck.detectors.structure;

import io.aircheck.detectors.vector.SampleVectors;
import jdk.incubator.vector.ShortVector;

/**
 * Finds the tiles of a picture in which its two fields show different moments.
 *
 * <p>The measure of every line against its neighbours is how far it lies outside the range between
 * the line above and the line below. It is taken three times for the same place: the odd line of
 * this picture between the even lines of this picture (within), the odd line of the picture before
 * between the even lines of this one, and the odd line of this picture between the even lines of
 * the one before (across). In a progressive picture that moves, {@code within} is small and both
 * {@code across} are alike and large. In fine still texture all three are alike. When the fields
 * show different moments, one of the two {@code across} pairs is closer in time than the other, so
 * they differ, and {@code within} is at least as large as the smaller one. The comparison over
 * three pairings of fields is that of FFmpeg's {@code idet}; here it is made tile by tile, so that
 * a moving part of a still picture counts.
 */
final class CombTiles {
  /** Tile width in samples. */
  private static final int TILE_WIDTH = 64;

  /** Triples of lines per tile. */
  private static final int TILE_LINES = 4;

  /** Triples of lines per picture that are aimed at. */
  private static final int LINES = 45;

  /** Mean excess of an odd line, 8-bit scale, from which a viewer can see teeth. */
  private static final double MIN_EXCESS = 2;

  /** Mean excess across pictures from which a tile counts as moving. */
  private static final double MIN_MOTION = 1;

  /** How much the two pairings across pictures must differ. */
  private static final double MIN_ASYMMETRY = 1.6;

  /** Share of the smaller pairing across pictures that the excess within the picture must reach. */
  private static final double MIN_WITHIN = 0.7;

  private int tiles;
  private int moving;
  private int combed;

  /** Compares a picture with the one before, which must have the same size. */
  void measure(LumaPlane current, LumaPlane previous) {
    tiles = 0;
    moving = 0;
    combed = 0;
    int spacing = Math.max(8, current.height() / LINES / 2 * 2);
    int groups = (current.height() - 5) / spacing + 1;
    for (int group = 0; group + TILE_LINES <= groups; group += TILE_LINES) {
      for (int x = 0; x + TILE_WIDTH <= current.width(); x += TILE_WIDTH) {
        measureTile(current, previous, x, group * spacing + 3, spacing);
      }
    }
  }

  /** Share of the tiles that move, 0..1. */
  double movingShare() {
    return tiles == 0 ? 0 : (double) moving / tiles;
  }

  /** Share of the tiles that are combed, 0..1; at most {@link #movingShare}. */
  double combedShare() {
    return tiles == 0 ? 0 : (double) combed / tiles;
  }

  private void measureTile(LumaPlane current, LumaPlane previous, int left, int top, int spacing) {
    ShortVector within = ShortVector.zero(SampleVectors.SHORTS);
    ShortVector oddBefore = within;
    ShortVector evenBefore = within;
    for (int line = 0; line < TILE_LINES; line++) {
      long odd = top + (long) line * spacing;
      for (int x = left; x < left + TILE_WIDTH; x += ByteLanes.LANES) {
        long at = odd * current.stride() + x;
        var above = ByteLanes.load(current.samples(), at - current.stride());
        var middle = ByteLanes.load(current.samples(), at);
        var below = ByteLanes.load(current.samples(), at + current.stride());
        long before = odd * previous.stride() + x;
        var aboveBefore = ByteLanes.load(previous.samples(), before - previous.stride());
        var middleBefore = ByteLanes.load(previous.samples(), before);
        var belowBefore = ByteLanes.load(previous.samples(), before + previous.stride());
        within = within.add(ByteLanes.pairSums(ByteLanes.outside(middle, above, below)));
        oddBefore =
            oddBefore.add(ByteLanes.pairSums(ByteLanes.outside(middleBefore, above, below)));
        evenBefore =
            evenBefore.add(ByteLanes.pairSums(ByteLanes.outside(middle, aboveBefore, belowBefore)));
      }
    }
    classify(mean(within), mean(oddBefore), mean(evenBefore));
  }

  private void classify(double within, double oddBefore, double evenBefore) {
    double nearer = Math.min(oddBefore, evenBefore);
    double farther = Math.max(oddBefore, evenBefore);
    tiles++;
    if (farther > MIN_MOTION) {
      moving++;
      if (within > MIN_EXCESS && within > MIN_WITHIN * nearer && farther > MIN_ASYMMETRY * nearer) {
        combed++;
      }
    }
  }

  private static double mean(ShortVector sums) {
    return ByteLanes.sum(sums) / (double) (TILE_WIDTH * TILE_LINES);
  }
}
