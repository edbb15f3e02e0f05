package io.aircheck.app.cost.measure.share;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture in shared memory.
 *
 * @param number counted from 0 in the order of sending
 */
record SharedFrame(
    long number,
    String trackId,
    long ptsMicros,
    long durationMicros,
    long wallClockMillis,
    int bitDepth,
    ColorRange colorRange,
    boolean keyFrame,
    boolean interlaced,
    boolean corrupt,
    boolean concealed,
    List<Plane> planes,
    @Nullable FrameView previous)
    implements FrameView {

  /** A plane with its memory. */
  record Plane(MemorySegment memory, int stride, int width, int height) {}

  /** The same picture, to be the one before another: it has none before itself. */
  SharedFrame alone() {
    return new SharedFrame(
        number,
        trackId,
        ptsMicros,
        durationMicros,
        wallClockMillis,
        bitDepth,
        colorRange,
        keyFrame,
        interlaced,
        corrupt,
        concealed,
        planes,
        null);
  }

  @Override
  public int width() {
    return planeWidth(0);
  }

  @Override
  public int height() {
    return planeHeight(0);
  }

  @Override
  public int planeCount() {
    return planes.size();
  }

  @Override
  public MemorySegment plane(int index) {
    return planes.get(index).memory();
  }

  @Override
  public int stride(int index) {
    return planes.get(index).stride();
  }

  @Override
  public int planeWidth(int index) {
    return planes.get(index).width();
  }

  @Override
  public int planeHeight(int index) {
    return planes.get(index).height();
  }
}
