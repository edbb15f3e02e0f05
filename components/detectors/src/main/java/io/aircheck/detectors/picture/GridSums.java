package io.aircheck.detectors.picture;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.picture.PictureGrid;
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
 * <p>The rows of a band of cells are added up column by column, a vector of columns at a time, in
 * 16 bits; at the end of the band the columns of each cell are added up.
 */
final class GridSums {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Fewest rows looked at where the picture has as many. */
  private static final int MIN_ROWS = 240;

  /** Rows of a band that 16 bits hold the sum of. */
  private static final int MAX_ROWS_PER_BAND = 0xffff / 0xff;

  private final PlaneRows rows = new PlaneRows();
  private final PlaneRows otherRows = new PlaneRows();
  private final int[] columnStart = new int[PictureGrid.COLUMNS + 1];
  private short[] valueColumns = new short[0];
  private short[] differenceColumns = new short[0];

  /**
   * Distance between the rows looked at: the largest odd number that leaves {@value #MIN_ROWS}
   * rows.
   */
  static int rowStep(int height) {
    int step = Math.max(1, height / MIN_ROWS);
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
    int width = frame.planeWidth(plane);
    int height = frame.planeHeight(plane);
    prepare(width);
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
      Arrays.fill(valueColumns, (short) 0);
      Arrays.fill(differenceColumns, (short) 0);
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
      sumCells(valueColumns, count, means, band * PictureGrid.COLUMNS);
      if (other != null) {
        sumCells(differenceColumns, count, differences, band * PictureGrid.COLUMNS);
      }
    }
  }

  private void prepare(int width) {
    int padded = (width + BYTES.length() - 1) / BYTES.length() * BYTES.length();
    if (valueColumns.length != padded) {
      valueColumns = new short[padded];
      differenceColumns = new short[padded];
    }
    for (int i = 0; i <= PictureGrid.COLUMNS; i++) {
      columnStart[i] = i * width / PictureGrid.COLUMNS;
    }
  }

  private void addRow() {
    MemorySegment segment = rows.segment();
    long offset = rows.offset();
    for (int x = 0; x < valueColumns.length; x += BYTES.length()) {
      add(ByteVector.fromMemorySegment(BYTES, segment, offset + x, ORDER), valueColumns, x);
    }
  }

  private void addRowAndDifference() {
    MemorySegment segment = rows.segment();
    long offset = rows.offset();
    MemorySegment otherSegment = otherRows.segment();
    long otherOffset = otherRows.offset();
    for (int x = 0; x < valueColumns.length; x += BYTES.length()) {
      ByteVector a = ByteVector.fromMemorySegment(BYTES, segment, offset + x, ORDER);
      ByteVector b = ByteVector.fromMemorySegment(BYTES, otherSegment, otherOffset + x, ORDER);
      ByteVector difference =
          a.lanewise(VectorOperators.SUSUB, b).or(b.lanewise(VectorOperators.SUSUB, a));
      add(a, valueColumns, x);
      add(difference, differenceColumns, x);
    }
  }

  private static void add(ByteVector samples, short[] columns, int x) {
    int lanes = SHORTS.length();
    ShortVector low =
        (ShortVector) samples.convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
    ShortVector high =
        (ShortVector) samples.convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 1);
    ShortVector.fromArray(SHORTS, columns, x).add(low).intoArray(columns, x);
    ShortVector.fromArray(SHORTS, columns, x + lanes).add(high).intoArray(columns, x + lanes);
  }

  private void sumCells(short[] columns, int rowCount, float[] target, int at) {
    for (int i = 0; i < PictureGrid.COLUMNS; i++) {
      int from = columnStart[i];
      // A picture with fewer columns than the grid repeats them.
      int to = Math.max(columnStart[i + 1], from + 1);
      int sum = 0;
      for (int x = from; x < to; x++) {
        sum += columns[x] & 0xffff;
      }
      target[at + i] = (float) sum / ((to - from) * rowCount);
    }
  }
}
