package io.aircheck.media.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/** Converts pictures that views cannot be made of, such as RGB or two-plane ones. One thread. */
final class PictureConverter implements AutoCloseable {
  private @Nullable SwsContext context;
  private @Nullable AVFrame scratch;

  /**
   * Replaces the contents of a frame by the same picture in another pixel format.
   *
   * @return false when FFmpeg cannot convert it; the frame is then empty
   */
  boolean convert(AVFrame frame, int target) {
    AVFrame output = scratch;
    if (output == null) {
      output = avutil.av_frame_alloc();
      scratch = output;
    }
    context =
        swscale.sws_getCachedContext(
            context,
            frame.width(),
            frame.height(),
            frame.format(),
            frame.width(),
            frame.height(),
            target,
            swscale.SWS_POINT,
            null,
            null,
            (DoublePointer) null);
    output.format(target);
    output.width(frame.width());
    output.height(frame.height());
    boolean converted =
        context != null
            && avutil.av_frame_get_buffer(output, 0) >= 0
            && avutil.av_frame_copy_props(output, frame) >= 0
            && swscale.sws_scale_frame(context, output, frame) >= 0;
    avutil.av_frame_unref(frame);
    if (converted) {
      avutil.av_frame_move_ref(frame, output);
    } else {
      avutil.av_frame_unref(output);
    }
    return converted;
  }

  @Override
  public void close() {
    if (context != null) {
      swscale.sws_freeContext(context);
      context = null;
    }
    if (scratch != null) {
      avutil.av_frame_free(scratch);
      scratch = null;
    }
  }
}
