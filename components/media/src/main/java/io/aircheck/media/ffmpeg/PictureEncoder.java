package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.WriteRequest;
import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/** Pictures to H.264. */
final class PictureEncoder implements AutoCloseable {
  /** Finest unit in which timestamps of MPEG systems are written, per second. */
  private static final int MIN_TICKS_PER_SECOND = 90_000;

  private final WriteRequest.Video format;
  private final Encoder encoder;
  private final Ticks ticks;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final PictureConverter converter = new PictureConverter();
  private long lastTicks = Long.MIN_VALUE;

  PictureEncoder(WriteRequest.Video format, Muxer muxer) throws MediaException {
    this.format = format;
    // A multiple of the picture rate, so that the times of a constant rate are exact.
    int rate = format.frameRateNumerator();
    int ticksPerSecond = rate * ((MIN_TICKS_PER_SECOND + rate - 1) / rate);
    this.ticks = new Ticks(1, ticksPerSecond);
    this.encoder =
        new Encoder(
            "libopenh264",
            muxer,
            context -> {
              context.width(format.width());
              context.height(format.height());
              context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
              try (AVRational unit = new Ticks(1, ticksPerSecond).toRational();
                  AVRational pictures =
                      new Ticks(rate, format.frameRateDenominator()).toRational()) {
                context.time_base(unit);
                context.framerate(pictures);
              }
              context.bit_rate(format.bitrate());
              context.gop_size(format.keyFrameInterval());
              context.max_b_frames(0);
            });
  }

  void encode(FrameView picture) throws MediaException {
    if (picture.width() != format.width() || picture.height() != format.height()) {
      throw new MediaException(
          Reason.UNSUPPORTED,
          "picture of %dx%d in an output of %dx%d; write one size"
              .formatted(picture.width(), picture.height(), format.width(), format.height()));
    }
    copy(picture);
    long time = ticks.fromMicros(picture.ptsMicros());
    if (time <= lastTicks) {
      throw new MediaException(
          Reason.INVALID_DATA, "picture at " + picture.ptsMicros() + " µs is not after the last");
    }
    lastTicks = time;
    frame.pts(time);
    encoder.encode(frame);
  }

  private void copy(FrameView picture) throws MediaException {
    int sourceFormat = PictureFormat.pixelFormat(picture);
    avutil.av_frame_unref(frame);
    frame.format(sourceFormat);
    frame.width(picture.width());
    frame.height(picture.height());
    if (avutil.av_frame_get_buffer(frame, 0) < 0) {
      throw new MediaException(Reason.LIMIT_EXCEEDED, "no memory for a picture");
    }
    int sampleBytes = picture.bitDepth() > 8 ? 2 : 1;
    for (int p = 0; p < picture.planeCount(); p++) {
      int rowBytes = picture.planeWidth(p) * sampleBytes;
      int stride = frame.linesize(p);
      MemorySegment target =
          MemorySegment.ofAddress(frame.data(p).address())
              .reinterpret((long) stride * picture.planeHeight(p));
      for (int y = 0; y < picture.planeHeight(p); y++) {
        MemorySegment.copy(
            picture.plane(p), (long) y * picture.stride(p), target, (long) y * stride, rowBytes);
      }
    }
    if (sourceFormat != avutil.AV_PIX_FMT_YUV420P
        && !converter.convert(frame, avutil.AV_PIX_FMT_YUV420P)) {
      throw new MediaException(Reason.UNSUPPORTED, "pictures that cannot be converted to 4:2:0");
    }
  }

  void flush() throws MediaException {
    encoder.encode(null);
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    converter.close();
    encoder.close();
  }
}
