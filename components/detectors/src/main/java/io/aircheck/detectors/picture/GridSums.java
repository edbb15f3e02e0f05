package io.aircheck.detectors.picture;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.picture.PictureGrid;
import io.aircheck.detectors.vector.SampleVectors;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Means over the cells of {@link PictureGrid} of one plane, and of its absolute difference to the
 * same plane of another picture, in one pass.
 *
 * <p>The rows of a band of cells are added up in 16 bits per pair of columns, a vector at a time;
 * at the end of the band the pairs of each cell are added up.
 */
final class GridSums {
  private static final VectorSpecies<Byte> BYTES = SampleVectors.BYTES;
  private static final VectorSpecies<Short> SHORTS = SampleVectors.SHORTS;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Rows of a band that 16 bits hold the sum of, two columns each. */
  private static final int MAX_ROWS_PER_BAND = 0xffff / (2 * 0xff);

  private final PlaneRows rows = new PlaneRows();
  private final PlaneRows otherRows = new PlaneRows();
  private final int[] firstPair = new int[PictureGrid.COLUMNS + 1];
  private final int minRows;
  private int width;
  private short[] valuePairs = new short[0];
  private short[] differencePairs = new short[0];

  /**
   * @param minRows fewest rows looked at where a plane has as many
   */
  GridSums(int minRows) {
    this.minRows = minRows;
  }

  /** Distance between the rows looked at: the largest odd number that leaves enough of them. */
  int rowStep(int height) {
    int step = Math.max(1, height / minRows);
    return step % 2 == 0 ? step - 1 : step;
  }

  /**
   * Fills in the means.
   *
   * @param other picture of the same format to compare with, or null for none
   * @param means mean per cell
   * @param differences mean absolute difference per cell; untouched without another picture
   */
  void measure(
      FrameView frame, @Nullable FrameView other, int plane, float[] means, float[] differences) {
    int height = frame.planeHeight(plane);
    prepare(frame.planeWidth(plane));
    rows.open(frame, plane);
    if (other != null) {
      otherRows.open(other, plane);
    }
    int step = rowStep(height);
    int row = step / 2;
    for (int band = 0; band < PictureGrid.ROWS; band++) {
      int bandEnd = Math.max(1, (band + 1) * height / PictureGrid.ROWS);
      // A picture with fewer rows than the grid repeats them.
      row = Math.min(row, bandEnd - 1);
      int bandStep = Math.max(step, (bandEnd - row) / MAX_ROWS_PER_BAND + 1);
      Arrays.fill(valuePairs, (short) 0);
      Arrays.fill(differencePairs, (short) 0);
      int count = 0;
      for (; row < bandEnd; row += bandStep, count++) {
        rows.seek(row);
        if (other == null) {
          addRow();
        } else {
          otherRows.seek(row);
          addRowAndDifference();
        }
      }
      sumCells(valuePairs, count, means, band * PictureGrid.COLUMNS);
      if (other != null) {
        sumCells(differencePairs, count, differences, band * PictureGrid.COLUMNS);
      }
    }
  }

  private void prepare(int newWidth) {
    if (width == newWidth) {
      return;
    }
    width = newWidth;
    int vectors = (width + BYTES.length() - 1) / BYTES.length();
    valuePairs = new short[vectors * SHORTS.length()];
    differencePairs = new short[vectors * SHORTS.length()];
    for (int i = 0; i <= PictureGrid.COLUMNS; i++) {
      firstPair[i] = i * ((width + 1) / 2) / PictureGrid.COLUMNS;
    }
  }

  private void addRow() {
    MemorySegment segment = rows.segment();
    long offset = rows.offset();
    for (int pair = 0; pair < valuePairs.length; pair += SHORTS.length()) {
      ByteVector samples = ByteVector.fromMemorySegment(BYTES, segment, offset + 2L * pair, ORDER);
      add(samples, valuePairs, pair);
    }
  }

  private void addRowAndDifference() {
    MemorySegment segment = rows.segment();
    long offset = rows.offset();
    MemorySegment otherSegment = otherRows.segment();
    long otherOffset = otherRows.offset();
    for (int pair = 0; pair < valuePairs.length; pair += SHORTS.length()) {
      ByteVector a = ByteVector.fromMemorySegment(BYTES, segment, offset + 2L * pair, ORDER);
      ByteVector b =
          ByteVector.fromMemorySegment(BYTES, otherSegment, otherOffset + 2L * pair, ORDER);
      ByteVector difference =
          a.lanewise(VectorOperators.SUSUB, b).or(b.lanewise(VectorOperators.SUSUB, a));
      add(a, valuePairs, pair);
      add(difference, differencePairs, pair);
    }
  }

  /** Adds the two samples that share 16 bits; which of them comes first makes no difference. */
  private static void add(ByteVector samples, short[] pairs, int at) {
    ShortVector both = samples.reinterpretAsShorts();
    ShortVector sum = both.and((short) 0xff).add(both.lanewise(VectorOperators.LSHR, 8));
    ShortVector.fromArray(SHORTS, pairs, at).add(sum).intoArray(pairs, at);
  }

  private void sumCells(short[] pairs, int rowCount, float[] target, int at) {
    for (int i = 0; i < PictureGrid.COLUMNS; i++) {
      int from = firstPair[i];
      // A picture with fewer pairs of columns than the grid has columns repeats them.
      int to = Math.max(firstPair[i + 1], from + 1);
      int sum = 0;
      for (int pair = from; pair < to; pair++) {
        sum += pairs[pair] & 0xffff;
      }
      int columns = Math.min(2 * to, width) - 2 * from;
      target[at + i] = (float) sum / (columns * rowCount);
    }
  }
}
