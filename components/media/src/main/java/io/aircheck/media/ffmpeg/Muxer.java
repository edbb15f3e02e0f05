package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.SafeUri;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** An output container. One thread. */
final class Muxer implements AutoCloseable {
  /** TR 101 290 wants a clock reference every 40 ms; FFmpeg's default is below 100 ms. */
  private static final String CLOCK_PERIOD_MILLIS = "20";

  private final AVFormatContext context = new AVFormatContext(null);
  private final String output;
  private final Map<String, String> options;
  private boolean headerWritten;

  /**
   * @param output file or address
   * @param container FFmpeg's name of the muxer
   */
  Muxer(String output, String container, Map<String, String> options) throws MediaException {
    this.output = output;
    this.options = options;
    int code =
        avformat.avformat_alloc_output_context2(context, (AVOutputFormat) null, container, output);
    if (code < 0) {
      throw new MediaException(
          Reason.UNSUPPORTED,
          where() + ": no container " + container + "; use mp4, mpegts, matroska or hls");
    }
  }

  private String where() {
    return SafeUri.redact(output);
  }

  /** Whether codec headers go to the container instead of the stream. */
  boolean globalHeader() {
    return (context.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
  }

  /** Adds a stream for an opened encoder; before {@link #writeHeader}. */
  AVStream addStream(AVCodecContext encoder) {
    AVStream stream = avformat.avformat_new_stream(context, null);
    avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder);
    stream.time_base(encoder.time_base());
    stream.avg_frame_rate(encoder.framerate());
    return stream;
  }

  /**
   * Adds a stream of packets that were encoded by somebody else; before {@link #writeHeader}.
   *
   * @param ticks unit of the timestamps of its packets
   * @return its number
   */
  int addStream(AVCodecParameters parameters, Ticks ticks) {
    AVStream stream = avformat.avformat_new_stream(context, null);
    avcodec.avcodec_parameters_copy(stream.codecpar(), parameters);
    // The tag belongs to the container that it came from.
    stream.codecpar().codec_tag(0);
    try (AVRational unit = ticks.toRational()) {
      stream.time_base(unit);
    }
    return stream.index();
  }

  /** Opens the output. */
  void writeHeader() throws MediaException {
    AVDictionary dictionary = new AVDictionary(null);
    if (context.oformat().name().getString().equals("mpegts")) {
      avutil.av_dict_set(dictionary, "pcr_period", CLOCK_PERIOD_MILLIS, 0);
    }
    options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
    if ((context.oformat().flags() & avformat.AVFMT_NOFILE) == 0) {
      AVIOContext io = new AVIOContext(null);
      int code =
          avformat.avio_open2(
              io, output, avformat.AVIO_FLAG_WRITE, (AVIOInterruptCB) null, dictionary);
      if (code < 0) {
        avutil.av_dict_free(dictionary);
        throw Failures.exception(code, where(), "cannot be written");
      }
      context.pb(io);
    }
    int code = avformat.avformat_write_header(context, dictionary);
    String unknown = firstName(dictionary);
    avutil.av_dict_free(dictionary);
    check(code);
    headerWritten = true;
    if (!unknown.isEmpty()) {
      throw new MediaException(
          Reason.UNSUPPORTED, where() + ": unknown muxer option " + unknown + "; remove it");
    }
  }

  private static String firstName(AVDictionary dictionary) {
    var entry = avutil.av_dict_iterate(dictionary, null);
    return entry == null || entry.isNull() ? "" : entry.key().getString();
  }

  /** Writes a packet; the muxer takes over its contents. */
  void write(AVPacket packet) throws MediaException {
    check(avformat.av_interleaved_write_frame(context, packet));
  }

  /**
   * Writes a packet of {@link #addStream(AVCodecParameters, Ticks)}, unless it is too damaged for
   * the container.
   *
   * @param ticks unit of its timestamps
   */
  void writeIfWhole(AVPacket packet, int stream, Ticks ticks) throws MediaException {
    try (AVRational unit = ticks.toRational()) {
      avcodec.av_packet_rescale_ts(packet, unit, context.streams(stream).time_base());
    }
    packet.stream_index(stream);
    packet.pos(-1);
    int code = avformat.av_interleaved_write_frame(context, packet);
    if (code != avutil.AVERROR_INVALIDDATA()) {
      check(code);
    }
  }

  void writeTrailer() throws MediaException {
    check(avformat.av_write_trailer(context));
    headerWritten = false;
  }

  private void check(int code) throws MediaException {
    if (code < 0) {
      throw Failures.exception(code, where(), "cannot be written");
    }
  }

  /** Closes the output; without a trailer it stays truncated. */
  @Override
  public void close() {
    if (headerWritten && (context.oformat().flags() & avformat.AVFMT_NOFILE) != 0) {
      // Such muxers (HLS) hold files of their own, which only the trailer closes.
      avformat.av_write_trailer(context);
    }
    if ((context.oformat().flags() & avformat.AVFMT_NOFILE) == 0
        && context.pb() != null
        && !context.pb().isNull()) {
      avformat.avio_closep(context.pb());
      context.pb(null);
    }
    avformat.avformat_free_context(context);
  }
}
