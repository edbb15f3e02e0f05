package io.aircheck.faults.inject;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** A copy of a picture, 8 bits deep, that may be changed and kept. */
final class EditablePicture implements FrameView {
  private final String trackId;
  private final long ptsMicros;
  private final long durationMicros;
  private final long wallClockMillis;
  private final int width;
  private final int height;
  private final ColorRange colorRange;
  private final byte[][] planes;
  private final int[] widths;

  EditablePicture(FrameView source) {
    trackId = source.trackId();
    ptsMicros = source.ptsMicros();
    durationMicros = source.durationMicros();
    wallClockMillis = source.wallClockMillis();
    width = source.width();
    height = source.height();
    colorRange = source.colorRange();
    planes = new byte[source.planeCount()][];
    widths = new int[planes.length];
    for (int p = 0; p < planes.length; p++) {
      widths[p] = source.planeWidth(p);
      planes[p] = new byte[widths[p] * source.planeHeight(p)];
      copy(source, p);
    }
  }

  private void copy(FrameView source, int p) {
    MemorySegment from = source.plane(p);
    int rows = source.planeHeight(p);
    if (source.bitDepth() == 8) {
      for (int y = 0; y < rows; y++) {
        long row = (long) y * source.stride(p);
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, row, planes[p], y * widths[p], widths[p]);
      }
      return;
    }
    int shift = source.bitDepth() - 8;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < widths[p]; x++) {
        short sample =
            from.get(ValueLayout.JAVA_SHORT_UNALIGNED, (long) y * source.stride(p) + 2L * x);
        planes[p][y * widths[p] + x] = (byte) ((sample & 0xffff) >> shift);
      }
    }
  }

  /** Samples of a plane, row after row without padding; may be changed. */
  byte[] samples(int index) {
    return planes[index];
  }

  /** Shows another picture of the same size in place of this one. */
  void show(EditablePicture other) {
    for (int p = 0; p < planes.length; p++) {
      if (other.planes[p].length == planes[p].length) {
        System.arraycopy(other.planes[p], 0, planes[p], 0, planes[p].length);
      }
    }
  }

  @Override
  public String trackId() {
    return trackId;
  }

  @Override
  public long ptsMicros() {
    return ptsMicros;
  }

  @Override
  public long durationMicros() {
    return durationMicros;
  }

  @Override
  public long wallClockMillis() {
    return wallClockMillis;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int bitDepth() {
    return 8;
  }

  @Override
  public ColorRange colorRange() {
    return colorRange;
  }

  @Override
  public int planeCount() {
    return planes.length;
  }

  @Override
  public MemorySegment plane(int index) {
    return MemorySegment.ofArray(planes[index]);
  }

  @Override
  public int stride(int index) {
    return widths[index];
  }

  @Override
  public int planeWidth(int index) {
    return widths[index];
  }

  @Override
  public int planeHeight(int index) {
    return planes[index].length / widths[index];
  }

  @Override
  public boolean keyFrame() {
    return false;
  }

  @Override
  public boolean interlaced() {
    return false;
  }

  @Override
  public boolean corrupt() {
    return false;
  }

  @Override
  public boolean concealed() {
    return false;
  }

  @Override
  public @Nullable FrameView previous() {
    return null;
  }
}
