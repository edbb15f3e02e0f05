package io.aircheck.faults.scene;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An 8-bit 4:2:0 picture in arrays, limited range, to draw in and to show. */
public final class Picture implements FrameView {
  private final int width;
  private final int height;
  private final byte[][] planes;
  private long ptsMicros;
  private long durationMicros;

  /** A picture of even width and height, black. */
  public Picture(int width, int height) {
    this.width = width;
    this.height = height;
    int chroma = width / 2 * (height / 2);
    planes = new byte[][] {new byte[width * height], new byte[chroma], new byte[chroma]};
    fill(16, 128, 128);
  }

  /** Sets when it is shown, and for how long. */
  public Picture at(long newPtsMicros, long newDurationMicros) {
    ptsMicros = newPtsMicros;
    durationMicros = newDurationMicros;
    return this;
  }

  /** Makes it one colour. */
  public Picture fill(int y, int cb, int cr) {
    Arrays.fill(planes[0], (byte) y);
    Arrays.fill(planes[1], (byte) cb);
    Arrays.fill(planes[2], (byte) cr);
    return this;
  }

  /** Makes it the same as another of the same size; times stay. */
  public Picture copyOf(Picture other) {
    for (int p = 0; p < planes.length; p++) {
      System.arraycopy(other.planes[p], 0, planes[p], 0, planes[p].length);
    }
    return this;
  }

  /**
   * Makes it darker.
   *
   * @param share of the light above black, and of the colour, that is left: 0 to 1
   */
  public Picture dimmed(double share) {
    for (int p = 0; p < planes.length; p++) {
      int origin = p == 0 ? 16 : 128;
      for (int i = 0; i < planes[p].length; i++) {
        planes[p][i] = (byte) Math.round(origin + ((planes[p][i] & 0xff) - origin) * share);
      }
    }
    return this;
  }

  /** Makes it the picture of twice its width and height, each sample the mean of four. */
  public Picture halfOf(Picture other) {
    for (int p = 0; p < planes.length; p++) {
      int w = planeWidth(p);
      int h = planeHeight(p);
      int stride = other.planeWidth(p);
      byte[] from = other.planes[p];
      byte[] to = planes[p];
      for (int y = 0; y < h; y++) {
        int row = 2 * y * stride;
        for (int x = 0; x < w; x++) {
          int at = row + 2 * x;
          int sum =
              (from[at] & 0xff)
                  + (from[at + 1] & 0xff)
                  + (from[at + stride] & 0xff)
                  + (from[at + stride + 1] & 0xff);
          to[y * w + x] = (byte) ((sum + 2) >> 2);
        }
      }
    }
    return at(other.ptsMicros, other.durationMicros);
  }

  /** Samples of a plane, row by row without padding; written to draw. */
  byte[] samples(int plane) {
    return planes[plane];
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
    return ColorRange.LIMITED;
  }

  @Override
  public int planeCount() {
    return planes.length;
  }

  @Override
  public MemorySegment plane(int index) {
    return MemorySegment.ofArray(planes[index]).asReadOnly();
  }

  @Override
  public int stride(int index) {
    return planeWidth(index);
  }

  @Override
  public int planeWidth(int index) {
    return index == 0 ? width : width / 2;
  }

  @Override
  public int planeHeight(int index) {
    return index == 0 ? height : height / 2;
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
