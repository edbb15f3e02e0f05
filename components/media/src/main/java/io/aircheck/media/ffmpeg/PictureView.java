package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** A decoded picture seen in FFmpeg's own memory, without a copy. */
final class PictureView implements FrameView {
  private final String trackId;
  private final long ptsMicros;
  private final long durationMicros;
  private final long wallClockMillis;
  private final int width;
  private final int height;
  private final PictureFormat format;
  private final ColorRange colorRange;
  private final boolean keyFrame;
  private final boolean interlaced;
  private final boolean corrupt;
  private final boolean concealed;
  private final MemorySegment[] planes;
  private final int[] strides;
  private final @Nullable FrameView previous;

  /**
   * @param arena keeps the planes readable until the source is closed, and makes reads fail with an
   *     exception rather than a crash from then on
   */
  PictureView(
      String trackId,
      long ptsMicros,
      long durationMicros,
      AVFrame frame,
      PictureFormat format,
      Arena arena) {
    this.trackId = trackId;
    this.ptsMicros = ptsMicros;
    this.durationMicros = durationMicros;
    this.wallClockMillis = System.currentTimeMillis();
    this.width = frame.width();
    this.height = frame.height();
    this.format = format;
    this.colorRange =
        frame.color_range() == avutil.AVCOL_RANGE_JPEG || fullRangeFormat(frame.format())
            ? ColorRange.FULL
            : ColorRange.LIMITED;
    int flags = frame.flags();
    int errors = frame.decode_error_flags();
    this.keyFrame = (flags & AVFrame.AV_FRAME_FLAG_KEY) != 0;
    this.interlaced = (flags & AVFrame.AV_FRAME_FLAG_INTERLACED) != 0;
    this.corrupt = (flags & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || errors != 0;
    this.concealed = (errors & AVFrame.FF_DECODE_ERROR_CONCEALMENT_ACTIVE) != 0;
    this.planes = new MemorySegment[format.planes()];
    this.strides = new int[format.planes()];
    for (int p = 0; p < planes.length; p++) {
      strides[p] = frame.linesize(p);
      planes[p] =
          MemorySegment.ofAddress(frame.data(p).address())
              .reinterpret((long) strides[p] * planeHeight(p), arena, null)
              .asReadOnly();
    }
    this.previous = null;
  }

  /** The same picture with another picture before it. */
  private PictureView(PictureView picture, @Nullable FrameView previous) {
    this.trackId = picture.trackId;
    this.ptsMicros = picture.ptsMicros;
    this.durationMicros = picture.durationMicros;
    this.wallClockMillis = picture.wallClockMillis;
    this.width = picture.width;
    this.height = picture.height;
    this.format = picture.format;
    this.colorRange = picture.colorRange;
    this.keyFrame = picture.keyFrame;
    this.interlaced = picture.interlaced;
    this.corrupt = picture.corrupt;
    this.concealed = picture.concealed;
    this.planes = picture.planes;
    this.strides = picture.strides;
    this.previous = previous;
  }

  PictureView after(@Nullable PictureView pictureBefore) {
    return new PictureView(this, pictureBefore);
  }

  private static boolean fullRangeFormat(int pixelFormat) {
    return pixelFormat == avutil.AV_PIX_FMT_YUVJ420P
        || pixelFormat == avutil.AV_PIX_FMT_YUVJ422P
        || pixelFormat == avutil.AV_PIX_FMT_YUVJ444P
        || pixelFormat == avutil.AV_PIX_FMT_YUVJ440P
        || pixelFormat == avutil.AV_PIX_FMT_YUVJ411P;
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
    return format.bitDepth();
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
    return planes[index];
  }

  @Override
  public int stride(int index) {
    return strides[index];
  }

  @Override
  public int planeWidth(int index) {
    return index == 0 ? width : -(-width >> format.chromaShiftX());
  }

  @Override
  public int planeHeight(int index) {
    return index == 0 ? height : -(-height >> format.chromaShiftY());
  }

  @Override
  public boolean keyFrame() {
    return keyFrame;
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
