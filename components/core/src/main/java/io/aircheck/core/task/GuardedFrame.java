package io.aircheck.core.task;

import io.aircheck.core.media.FrameView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a picture whose planes can be taken away: after {@link #close} each access to a plane
 * that was kept throws. The strict runtime hands these to detectors.
 */
final class GuardedFrame extends ForwardingFrame implements AutoCloseable {
  private final Arena arena;
  private final boolean ownsArena;
  private final MemorySegment[] planes;
  private final @Nullable GuardedFrame previous;

  GuardedFrame(FrameView frame) {
    this(frame, Arena.ofConfined(), true);
  }

  private GuardedFrame(FrameView frame, Arena arena, boolean ownsArena) {
    super(frame);
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
}
