package io.aircheck.detectors.picture;

import io.aircheck.core.media.FrameView;
import io.aircheck.detectors.vector.SampleVectors;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of one plane as 8-bit samples in memory that may be read in whole vectors.
 *
 * <p>Rows of 8-bit pictures whose width is a multiple of the vector length are read in place; other
 * rows, and rows of deeper pictures narrowed to 8 bits, are copied to a padded scratch row. The
 * samples after the end of the row are 0 in a scratch row.
 */
final class PlaneRows {
  private static final VectorSpecies<Short> SHORTS = SampleVectors.SHORTS;

  private byte[] scratch = new byte[0];
  private MemorySegment scratchSegment = MemorySegment.ofArray(scratch);
  private MemorySegment plane = MemorySegment.NULL;
  private int width;
  private int stride;
  private int shift;
  private boolean inPlace;
  private MemorySegment rowSegment = MemorySegment.NULL;
  private long rowOffset;

  /** Turns to a plane of a picture. */
  void open(FrameView frame, int index) {
    plane = frame.plane(index);
    int newWidth = frame.planeWidth(index);
    stride = frame.stride(index);
    shift = frame.bitDepth() - 8;
    int vectorLength = SampleVectors.BYTES.length();
    inPlace = shift == 0 && newWidth % vectorLength == 0;
    int padded = (newWidth + vectorLength - 1) / vectorLength * vectorLength;
    if (!inPlace && (width != newWidth || scratch.length != padded)) {
      scratch = new byte[padded];
      scratchSegment = MemorySegment.ofArray(scratch);
    }
    width = newWidth;
  }

  /** Goes to a row; {@link #segment} and {@link #offset} then tell where its samples are. */
  void seek(int row) {
    long from = (long) row * stride;
    if (inPlace) {
      rowSegment = plane;
      rowOffset = from;
      return;
    }
    if (shift == 0) {
      MemorySegment.copy(plane, ValueLayout.JAVA_BYTE, from, scratch, 0, width);
    } else {
      narrow(from);
    }
    rowSegment = scratchSegment;
    rowOffset = 0;
  }

  /** Memory that holds the row's samples. */
  MemorySegment segment() {
    return rowSegment;
  }

  /** Byte offset of the row's first sample in {@link #segment}. */
  long offset() {
    return rowOffset;
  }

  private void narrow(long from) {
    int lanes = SHORTS.length();
    int x = 0;
    for (; x <= width - lanes; x += lanes) {
      ShortVector samples =
          ShortVector.fromMemorySegment(SHORTS, plane, from + 2L * x, ByteOrder.LITTLE_ENDIAN);
      ByteVector narrowed =
          (ByteVector)
              samples
                  .lanewise(VectorOperators.LSHR, shift)
                  .convertShape(VectorOperators.S2B, SampleVectors.HALF_BYTES, 0);
      narrowed.intoArray(scratch, x);
    }
    for (; x < width; x++) {
      int low = plane.get(ValueLayout.JAVA_BYTE, from + 2L * x) & 0xff;
      int high = plane.get(ValueLayout.JAVA_BYTE, from + 2L * x + 1) & 0xff;
      scratch[x] = (byte) ((high << 8 | low) >> shift);
    }
  }
}
