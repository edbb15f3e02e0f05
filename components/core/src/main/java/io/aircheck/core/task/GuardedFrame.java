package io.aircheck.core.task;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a picture whose planes can be taken away: after {@link #close} each access to a plane
 * that was kept throws. The strict runtime hands these to detectors.
 */
final class GuardedFrame implements FrameView, AutoCloseable {
  private final FrameView frame;
  private final Arena arena;
  private final boolean ownsArena;
  private final MemorySegment[] planes;
  private final @Nullable GuardedFrame previous;

  GuardedFrame(FrameView frame) {
    this(frame, Arena.ofConfined(), true);
  }

  private GuardedFrame(FrameView frame, Arena arena, boolean ownsArena) {
    this.frame = frame;
    this.arena = arena;
    this.ownsArena = ownsArena;
    this.planes = new MemorySegment[frame.planeCount()];
    for (int p = 0; p < planes.length; p++) {
      MemorySegment original = frame.plane(p);
      MemorySegment copy = arena.allocate(original.byteSize(), 64);
      planes[p] = copy.copyFrom(original).asReadOnly();
    }
    FrameView before = ownsArena ? frame.previous() : null;
    this.previous = before == null ? null : new GuardedFrame(before, arena, false);
  }

  @Override
  public void close() {
    if (ownsArena) {
      arena.close();
    }
  }

  @Override
  public MemorySegment plane(int index) {
    return planes[index];
  }

  @Override
  public @Nullable FrameView previous() {
    return previous;
  }

  @Override
  public String trackId() {
    return frame.trackId();
  }

  @Override
  public long ptsMicros() {
    return frame.ptsMicros();
  }

  @Override
  public long durationMicros() {
    return frame.durationMicros();
  }

  @Override
  public long wallClockMillis() {
    return frame.wallClockMillis();
  }

  @Override
  public int width() {
    return frame.width();
  }

  @Override
  public int height() {
    return frame.height();
  }

  @Override
  public int bitDepth() {
    return frame.bitDepth();
  }

  @Override
  public ColorRange colorRange() {
    return frame.colorRange();
  }

  @Override
  public int planeCount() {
    return frame.planeCount();
  }

  @Override
  public int stride(int index) {
    return frame.stride(index);
  }

  @Override
  public int planeWidth(int index) {
    return frame.planeWidth(index);
  }

  @Override
  public int planeHeight(int index) {
    return frame.planeHeight(index);
  }

  @Override
  public boolean keyFrame() {
    return frame.keyFrame();
  }

  @Override
  public boolean interlaced() {
    return frame.interlaced();
  }

  @Override
  public boolean corrupt() {
    return frame.corrupt();
  }

  @Override
  public boolean concealed() {
    return frame.concealed();
  }
}
