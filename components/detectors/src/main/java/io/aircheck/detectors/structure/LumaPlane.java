package io.aircheck.detectors.structure;

import io.aircheck.core.media.FrameView;
import io.aircheck.detectors.vector.SampleVectors;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The luma plane of a picture with 8-bit samples; valid as long as the picture's view.
 *
 * @param samples rows one after the other
 * @param stride bytes from one row to the next
 * @param width samples per row that belong to the picture
 * @param height rows
 */
record LumaPlane(MemorySegment samples, long stride, int width, int height) {

  /** Makes planes; keeps the memory that deeper pictures are narrowed into. */
  static final class Reader {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private byte[] narrowed = new byte[0];

    /** The luma plane of a picture, read in place when its samples are bytes. */
    LumaPlane read(FrameView frame) {
      int width = frame.width();
      int height = frame.height();
      if (frame.bitDepth() == 8) {
        return new LumaPlane(frame.plane(0), frame.stride(0), width, height);
      }
      if (narrowed.length != width * height) {
        narrowed = new byte[width * height];
      }
      for (int row = 0; row < height; row++) {
        narrow(
            frame.plane(0), (long) row * frame.stride(0), frame.bitDepth() - 8, row * width, width);
      }
      return new LumaPlane(MemorySegment.ofArray(narrowed), width, width, height);
    }

    private void narrow(MemorySegment plane, long from, int shift, int to, int width) {
      int lanes = SampleVectors.SHORTS.length();
      int x = 0;
      for (; x <= width - lanes; x += lanes) {
        ShortVector samples =
            ShortVector.fromMemorySegment(SampleVectors.SHORTS, plane, from + 2L * x, ORDER)
                .lanewise(VectorOperators.LSHR, shift);
        ByteVector bytes =
            (ByteVector) samples.convertShape(VectorOperators.S2B, SampleVectors.HALF_BYTES, 0);
        bytes.intoArray(narrowed, to + x);
      }
      for (; x < width; x++) {
        short sample = plane.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER), from + 2L * x);
        narrowed[to + x] = (byte) ((sample & 0xffff) >>> shift);
      }
    }
  }
}
