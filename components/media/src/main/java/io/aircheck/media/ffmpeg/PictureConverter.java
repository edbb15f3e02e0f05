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
  private @Nullable AVFrame converted;

  /** Replaces the contents of a frame by the same picture in another pixel format. */
  void convert(AVFrame frame, int target) {
    AVFrame output = converted;
    if (output == null) {
      output = avutil.av_frame_alloc();
      converted = output;
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
    avutil.av_frame_get_buffer(output, 0);
    avutil.av_frame_copy_props(output, frame);
    swscale.sws_scale_frame(context, output, frame);
    avutil.av_frame_unref(frame);
    avutil.av_frame_move_ref(frame, output);
  }

  @Override
  public void close() {
    if (context != null) {
      swscale.sws_freeContext(context);
      context = null;
    }
    if (converted != null) {
      avutil.av_frame_free(converted);
      converted = null;
    }
  }
}
