package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.Track;
import java.lang.foreign.Arena;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of one track. Three frames take turns: the one decoded ahead, the one handed out last
 * and the one before it, all of them references to the decoder's own memory.
 */
final class VideoDecoder extends TrackDecoder {
  private final Arena arena;
  private final PictureConverter converter = new PictureConverter();
  private AVFrame next = avutil.av_frame_alloc();
  private AVFrame current = avutil.av_frame_alloc();
  private AVFrame before = avutil.av_frame_alloc();
  private @Nullable PictureView currentView;
  private PictureFormat format = PictureFormat.of(avutil.AV_PIX_FMT_YUV420P);
  private int pixelFormat = avutil.AV_PIX_FMT_YUV420P;
  private long durationMicros;
  private long endMicros;

  VideoDecoder(Track track, AVStream stream, MediaLimits limits, String where, Arena arena)
      throws MediaException {
    super(track, stream, limits, where);
    this.arena = arena;
  }

  @Override
  AVFrame target() {
    return next;
  }

  @Override
  long expectedMicros() {
    return endMicros;
  }

  @Override
  boolean accept(AVFrame frame, long micros) {
    if (frame.format() != pixelFormat) {
      pixelFormat = frame.format();
      format = PictureFormat.of(pixelFormat);
    }
    if (!format.direct() || frame.linesize(0) < 0) {
      converter.convert(frame, format.target());
    }
    durationMicros = frame.duration() > 0 ? ticks().toMicros(frame.duration()) : nominalMicros();
    endMicros = micros + durationMicros;
    return true;
  }

  private long nominalMicros() {
    double rate = track().frameRate();
    return rate > 0 ? Math.round(1_000_000 / rate) : 0;
  }

  @Override
  void updateTrack() {
    Track old = track();
    if (old.width() == next.width() && old.height() == next.height()) {
      return;
    }
    currentView = null;
    track(
        new Track(
            old.id(),
            old.type(),
            old.codec(),
            next.width(),
            next.height(),
            old.frameRate(),
            0,
            old.channelLayout(),
            old.language()));
  }

  @Override
  MediaEvent view(long mediaMicros) {
    AVFrame free = before;
    avutil.av_frame_unref(free);
    before = current;
    current = next;
    next = free;
    PictureView plain =
        new PictureView(track().id(), mediaMicros, durationMicros, current, format, arena);
    PictureView previousView = currentView;
    currentView = plain;
    return new MediaEvent.Video(previousView == null ? plain : plain.after(previousView));
  }

  @Override
  long endMicros() {
    return endMicros;
  }

  @Override
  public void close() {
    super.close();
    avutil.av_frame_free(next);
    avutil.av_frame_free(current);
    avutil.av_frame_free(before);
    converter.close();
  }
}
