package io.aircheck.testkit;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * An 8-bit picture in more bits per sample: two bytes little-endian, values shifted up, and the
 * bits below filled with ones, so that code that rounds up or reads the wrong byte gives other
 * figures.
 */
public final class DeepTestFrame implements FrameView {
  private static final int PADDING_BYTES = 6;

  private final TestFrame shallow;
  private final int bitDepth;
  private final @Nullable FrameView previous;
  private final MemorySegment[] planes = new MemorySegment[3];

  /**
   * @param shallow the picture in 8 bits
   * @param bitDepth 9..16
   * @param previous the picture before in the same depth, or null
   */
  public DeepTestFrame(TestFrame shallow, int bitDepth, @Nullable FrameView previous) {
    this.shallow = shallow;
    this.bitDepth = bitDepth;
    this.previous = previous;
    int shift = bitDepth - 8;
    for (int p = 0; p < 3; p++) {
      planes[p] = Arena.ofAuto().allocate((long) stride(p) * planeHeight(p), 64);
      planes[p].fill((byte) 0xA5);
      for (int y = 0; y < planeHeight(p); y++) {
        for (int x = 0; x < planeWidth(p); x++) {
          int value = shallow.get(p, x, y) << shift | (1 << shift) - 1;
          long at = (long) y * stride(p) + 2L * x;
          planes[p].set(ValueLayout.JAVA_BYTE, at, (byte) value);
          planes[p].set(ValueLayout.JAVA_BYTE, at + 1, (byte) (value >> 8));
        }
      }
    }
  }

  @Override
  public String trackId() {
    return shallow.trackId();
  }

  @Override
  public long ptsMicros() {
    return shallow.ptsMicros();
  }

  @Override
  public long durationMicros() {
    return shallow.durationMicros();
  }

  @Override
  public long wallClockMillis() {
    return shallow.wallClockMillis();
  }

  @Override
  public int width() {
    return shallow.width();
  }

  @Override
  public int height() {
    return shallow.height();
  }

  @Override
  public int bitDepth() {
    return bitDepth;
  }

  @Override
  public ColorRange colorRange() {
    return shallow.colorRange();
  }

  @Override
  public int planeCount() {
    return 3;
  }

  @Override
  public MemorySegment plane(int index) {
    return planes[index].asReadOnly();
  }

  @Override
  public int stride(int index) {
    return 2 * planeWidth(index) + PADDING_BYTES;
  }

  @Override
  public int planeWidth(int index) {
    return shallow.planeWidth(index);
  }

  @Override
  public int planeHeight(int index) {
    return shallow.planeHeight(index);
  }

  @Override
  public boolean keyFrame() {
    return shallow.keyFrame();
  }

  @Override
  public boolean interlaced() {
    return shallow.interlaced();
  }

  @Override
  public boolean corrupt() {
    return shallow.corrupt();
  }

  @Override
  public boolean concealed() {
    return shallow.concealed();
  }

  @Override
  public @Nullable FrameView previous() {
    return previous;
  }
}
