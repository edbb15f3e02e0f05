package io.aircheck.detectors.picture;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.picture.LumaStatistics;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Histogram of a regular sample of the luma plane: some of the rows, some words of each. */
final class LumaHistogram {
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

  /** Positions aimed at; enough for shares of 0.1 % to be seen. */
  private static final int POSITIONS = 14_400;

  private static final int LEVELS = 256;

  // Two counters per level, used in turn: runs of equal samples do not wait for each other.
  private final int[] counts = new int[2 * LEVELS];
  private final float[] shares = new float[LEVELS];
  private final PlaneRows rows = new PlaneRows();

  /**
   * Measures a picture.
   *
   * @param rowStep distance between rows that are read for other figures anyway: the rows taken are
   *     some of them, {@code rowStep / 2} being the first, so that they come from the cache
   */
  LumaStatistics measure(FrameView frame, int rowStep) {
    Arrays.fill(counts, 0);
    int width = frame.planeWidth(0);
    int height = frame.planeHeight(0);
    rows.open(frame, 0);
    int wordStep = wordStep(width, height, rowStep);
    long total = 0;
    int shiftIn = 0;
    for (int row = rowStep / 2; row < height; row += rowStep) {
      rows.seek(row);
      int x = width >= 8 ? shiftIn : width;
      for (; x <= width - 8; x += wordStep) {
        count(rows.segment().get(WORD, rows.offset() + x));
        total += 8;
      }
      if (width < 8) {
        total += countFew(rows.segment(), rows.offset(), width);
      }
      // Staggered, so that thin vertical shapes are not missed in every row.
      shiftIn = (shiftIn + 8) % wordStep;
    }
    double sum = 0;
    for (int level = 0; level < LEVELS; level++) {
      int n = counts[level] + counts[level + LEVELS];
      shares[level] = (float) n / total;
      sum += (double) level * n;
    }
    return new LumaStatistics(sum / total, shares);
  }

  private static int wordStep(int width, int height, int rowStep) {
    double samplesOfRow = (double) POSITIONS * rowStep / height;
    return Math.max(1, (int) (width / samplesOfRow)) * 8;
  }

  private void count(long word) {
    counts[(int) (word & 0xff)]++;
    counts[LEVELS + (int) (word >>> 8 & 0xff)]++;
    counts[(int) (word >>> 16 & 0xff)]++;
    counts[LEVELS + (int) (word >>> 24 & 0xff)]++;
    counts[(int) (word >>> 32 & 0xff)]++;
    counts[LEVELS + (int) (word >>> 40 & 0xff)]++;
    counts[(int) (word >>> 48 & 0xff)]++;
    counts[LEVELS + (int) (word >>> 56 & 0xff)]++;
  }

  private int countFew(MemorySegment segment, long offset, int width) {
    for (int x = 0; x < width; x++) {
      counts[segment.get(ValueLayout.JAVA_BYTE, offset + x) & 0xff]++;
    }
    return width;
  }
}
