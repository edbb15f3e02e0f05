package io.aircheck.core.picture;

import io.aircheck.core.media.FrameView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Mean luma of the cells of {@link PictureGrid}, exact to a fraction of a sample, so that pictures
 * of different sizes can be compared cell by cell. That takes every sample of the picture, one by
 * one: for pictures now and then. For every picture there is {@link PictureAnalysis#thumbnail},
 * whose cells have whole samples. Not thread-safe.
 */
public final class AreaMeans {
  private static final ValueLayout.OfShort WORDS =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private short[] words = new short[0];
  private double[] row = new double[0];
  private final double[] rowCells = new double[PictureGrid.COLUMNS];

  /** The means, 0..255 with fractions, row by row; an array of its own. */
  public float[] of(FrameView frame) {
    int width = frame.width();
    int height = frame.height();
    double[] sums = new double[PictureGrid.CELLS];
    for (int y = 0; y < height; y++) {
      read(frame, y);
      measureRow(width);
      // Edges of cells in rows of samples.
      double cellsPerRow = (double) PictureGrid.ROWS / height;
      double from = y * cellsPerRow;
      double to = (y + 1) * cellsPerRow;
      for (int band = (int) from; band < PictureGrid.ROWS && band < to; band++) {
        double share = Math.min(to, band + 1) - Math.max(from, band);
        for (int x = 0; x < PictureGrid.COLUMNS; x++) {
          sums[band * PictureGrid.COLUMNS + x] += share * rowCells[x];
        }
      }
    }
    float[] means = new float[PictureGrid.CELLS];
    double scale = 1.0 / (1 << (frame.bitDepth() - 8));
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] * scale);
    }
    return means;
  }

  private void read(FrameView frame, int y) {
    int width = frame.width();
    if (row.length < width) {
      row = new double[width];
      bytes = new byte[width];
      words = new short[width];
    }
    MemorySegment plane = frame.plane(0);
    long offset = (long) y * frame.stride(0);
    if (frame.bitDepth() == 8) {
      MemorySegment.copy(plane, ValueLayout.JAVA_BYTE, offset, bytes, 0, width);
      for (int x = 0; x < width; x++) {
        row[x] = bytes[x] & 0xff;
      }
    } else {
      MemorySegment.copy(plane, WORDS, offset, words, 0, width);
      for (int x = 0; x < width; x++) {
        row[x] = words[x] & 0xffff;
      }
    }
  }

  /** Means of a row of samples over the columns of cells. */
  private void measureRow(int width) {
    double samplesPerCell = (double) width / PictureGrid.COLUMNS;
    for (int cell = 0; cell < PictureGrid.COLUMNS; cell++) {
      double from = cell * samplesPerCell;
      double to = from + samplesPerCell;
      int first = (int) from;
      int last = Math.min(width - 1, (int) to);
      double sum = -(from - first) * row[first] - (last + 1 - to) * row[last];
      for (int x = first; x <= last; x++) {
        sum += row[x];
      }
      rowCells[cell] = sum / samplesPerCell;
    }
  }
}
