package io.aircheck.deploy.serverless;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A picture of a segment; its samples are fetched when they are first asked for. */
final class StoredFrame implements FrameView {
  private final Segment.Picture picture;
  private final ObjectStore objects;
  private final @Nullable StoredFrame previous;
  private byte @Nullable [] samples;

  StoredFrame(Segment.Picture picture, ObjectStore objects, @Nullable StoredFrame previous) {
    this.picture = picture;
    this.objects = objects;
    this.previous = previous;
  }

  /** The same picture, to be the one before another: it has none before itself. */
  StoredFrame alone() {
    StoredFrame alone = new StoredFrame(picture, objects, null);
    alone.samples = samples;
    return alone;
  }

  @Override
  public MemorySegment plane(int index) {
    int from = 0;
    for (int p = 0; p < index; p++) {
      from += planeHeight(p);
    }
    return MemorySegment.ofArray(samples())
        .asSlice((long) from * stride(index), (long) planeHeight(index) * stride(index))
        .asReadOnly();
  }

  private byte[] samples() {
    byte[] known = samples;
    if (known == null) {
      int rows = 0;
      for (int p = 0; p < planeCount(); p++) {
        rows += planeHeight(p);
      }
      try {
        known = PlanePng.decode(objects.get(picture.key()), stride(0), rows, bitDepth() > 8);
      } catch (IOException e) {
        throw new UncheckedIOException(picture.key() + ": " + e.getMessage(), e);
      }
      samples = known;
    }
    return known;
  }

  @Override
  public int stride(int index) {
    int widest = 0;
    for (Segment.Plane plane : picture.planes()) {
      widest = Math.max(widest, plane.width());
    }
    return widest * (bitDepth() > 8 ? 2 : 1);
  }

  @Override
  public String trackId() {
    return picture.trackId();
  }

  @Override
  public long ptsMicros() {
    return picture.ptsMicros();
  }

  @Override
  public long durationMicros() {
    return picture.durationMicros();
  }

  @Override
  public long wallClockMillis() {
    return picture.wallClockMillis();
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
  public int bitDepth() {
    return picture.bitDepth();
  }

  @Override
  public ColorRange colorRange() {
    return picture.colorRange();
  }

  @Override
  public int planeCount() {
    return picture.planes().size();
  }

  @Override
  public int planeWidth(int index) {
    return picture.planes().get(index).width();
  }

  @Override
  public int planeHeight(int index) {
    return picture.planes().get(index).height();
  }

  @Override
  public boolean keyFrame() {
    return picture.keyFrame();
  }

  @Override
  public boolean interlaced() {
    return picture.interlaced();
  }

  @Override
  public boolean corrupt() {
    return picture.corrupt();
  }

  @Override
  public boolean concealed() {
    return picture.concealed();
  }

  @Override
  public @Nullable FrameView previous() {
    return previous;
  }
}
