package io.aircheck.core.task;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A picture seen through another view: everything is as in the picture but what is overridden. */
abstract class ForwardingFrame implements FrameView {
  private final FrameView frame;

  ForwardingFrame(FrameView frame) {
    this.frame = frame;
  }

  @Override
  public MemorySegment plane(int index) {
    return frame.plane(index);
  }

  @Override
  public @Nullable FrameView previous() {
    return frame.previous();
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
