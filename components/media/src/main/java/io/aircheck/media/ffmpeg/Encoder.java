package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** An encoder and its stream in a container. */
final class Encoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final Muxer muxer;
  private final AVStream stream;

  /** Sets an encoder up before it is opened. */
  interface Setup {
    void apply(AVCodecContext context);
  }

  /**
   * @param codecName FFmpeg's name of the encoder
   */
  Encoder(String codecName, Muxer muxer, Setup setup) throws MediaException {
    this.muxer = muxer;
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(codecName);
    if (codec == null || codec.isNull()) {
      throw new MediaException(
          Reason.UNSUPPORTED, "no encoder " + codecName + " in this build of FFmpeg");
    }
    context = avcodec.avcodec_alloc_context3(codec);
    context.thread_count(1);
    if (muxer.globalHeader()) {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    setup.apply(context);
    int code = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    if (code < 0) {
      close();
      throw new MediaException(
          Reason.UNSUPPORTED,
          codecName
              + " does not take this format ("
              + Failures.text(code)
              + "); use another size, rate or layout");
    }
    stream = muxer.addStream(context);
  }

  AVCodecContext context() {
    return context;
  }

  /**
   * Encodes a frame and writes what comes out.
   *
   * @param frame null: flushes
   */
  void encode(@Nullable AVFrame frame) throws MediaException {
    int code = avcodec.avcodec_send_frame(context, frame);
    while (code >= 0) {
      code = avcodec.avcodec_receive_packet(context, packet);
      if (code >= 0) {
        avcodec.av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
        packet.stream_index(stream.index());
        muxer.write(packet);
      }
    }
    if (code != Failures.EAGAIN && code != avutil.AVERROR_EOF) {
      throw new MediaException(Reason.INVALID_DATA, "cannot be encoded: " + Failures.text(code));
    }
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
