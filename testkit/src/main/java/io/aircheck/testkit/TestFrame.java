package io.aircheck.testkit;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A hand-made 8-bit 4:2:0 picture in native memory with padded rows, for closed-form tests. Mutable
 * while it is built; unlike a real view it lives as long as it is referenced.
 */
public final class TestFrame implements FrameView {
  /** Bytes added to each row, so that code that takes the width for the stride fails. */
  private static final int PADDING = 17;

  private final int width;
  private final int height;
  private final MemorySegment[] planes = new MemorySegment[3];
  private ColorRange colorRange = ColorRange.LIMITED;
  private long ptsMicros;
  private long durationMicros = 40_000;
  private boolean corrupt;
  private boolean concealed;
  private boolean interlaced;
  private @Nullable FrameView previous;

  private TestFrame(int width, int height) {
    this.width = width;
    this.height = height;
    for (int p = 0; p < 3; p++) {
      planes[p] = Arena.ofAuto().allocate((long) stride(p) * planeHeight(p), 64);
      // Garbage in the padding: code that reads it gives visibly wrong results.
      planes[p].fill((byte) 0xA5);
    }
  }

  /** A picture of one colour. */
  public static TestFrame solid(int width, int height, int y, int cb, int cr) {
    return new TestFrame(width, height).fill(0, y).fill(1, cb).fill(2, cr);
  }

  /** A grey picture. */
  public static TestFrame grey(int width, int height, int y) {
    return solid(width, height, y, 128, 128);
  }

  /** Sample value from its coordinates. */
  @FunctionalInterface
  public interface Painter {
    int at(int x, int y);
  }

  /** A grey picture painted sample by sample. */
  public static TestFrame painted(int width, int height, Painter luma) {
    return grey(width, height, 128).paint(0, luma);
  }

  /** Paints a plane; values are clamped to 0..255. */
  public TestFrame paint(int plane, Painter painter) {
    for (int y = 0; y < planeHeight(plane); y++) {
      for (int x = 0; x < planeWidth(plane); x++) {
        set(plane, x, y, painter.at(x, y));
      }
    }
    return this;
  }

  public TestFrame fill(int plane, int value) {
    return paint(plane, (x, y) -> value);
  }

  /** Sets one sample, clamped to 0..255. */
  public TestFrame set(int plane, int x, int y, int value) {
    planes[plane].set(
        ValueLayout.JAVA_BYTE,
        (long) y * stride(plane) + x,
        (byte) Math.max(0, Math.min(255, value)));
    return this;
  }

  public int get(int plane, int x, int y) {
    return planes[plane].get(ValueLayout.JAVA_BYTE, (long) y * stride(plane) + x) & 0xff;
  }

  public TestFrame at(long newPtsMicros, long newDurationMicros) {
    ptsMicros = newPtsMicros;
    durationMicros = newDurationMicros;
    return this;
  }

  public TestFrame after(@Nullable FrameView frameBefore) {
    previous = frameBefore;
    return this;
  }

  public TestFrame range(ColorRange range) {
    colorRange = range;
    return this;
  }

  public TestFrame damaged(boolean isCorrupt, boolean isConcealed) {
    corrupt = isCorrupt;
    concealed = isConcealed;
    return this;
  }

  public TestFrame interlaced(boolean isInterlaced) {
    interlaced = isInterlaced;
    return this;
  }

  @Override
  public String trackId() {
    return "video:0";
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
    return 0;
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
    return 3;
  }

  @Override
  public MemorySegment plane(int index) {
    return planes[index].asReadOnly();
  }

  @Override
  public int stride(int index) {
    return planeWidth(index) + PADDING;
  }

  @Override
  public int planeWidth(int index) {
    return index == 0 ? width : (width + 1) / 2;
  }

  @Override
  public int planeHeight(int index) {
    return index == 0 ? height : (height + 1) / 2;
  }

  @Override
  public boolean keyFrame() {
    return previous == null;
  }

  @Override
  public boolean interlaced() {
    return interlaced;
  }

  @Override
  public boolean corrupt() {
    return corrupt;
  }

  @Override
  public boolean concealed() {
    return concealed;
  }

  @Override
  public @Nullable FrameView previous() {
    return previous;
  }
}
