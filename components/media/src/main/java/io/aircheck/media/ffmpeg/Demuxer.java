package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.media.input.ByteInput;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** An opened container: tells its streams and hands out compressed packets. One thread. */
final class Demuxer implements AutoCloseable {
  private final AVFormatContext context;
  private final InputBridge bridge;
  private final String where;

  private Demuxer(AVFormatContext context, InputBridge bridge, String where) {
    this.context = context;
    this.bridge = bridge;
    this.where = where;
  }

  /**
   * Finds the container and the tracks.
   *
   * @param where address for messages, with secrets removed
   * @throws MediaException when the bytes are not media
   */
  static Demuxer open(ByteInput input, String where, MediaLimits limits) throws MediaException {
    InputBridge bridge = new InputBridge(input);
    AVFormatContext context = avformat.avformat_alloc_context();
    context.pb(bridge.context());
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    // Timestamps that wrap are unwrapped by the timeline, for more than the one wrap FFmpeg knows.
    context.correct_ts_overflow(0);
    context.probesize(limits.probeBytes());
    context.max_analyze_duration(limits.analyzeMicros());
    context.max_streams(limits.maxStreams());
    AVDictionary options = new AVDictionary(null);
    // The bytes come from the bridge: a container must not make FFmpeg open anything else.
    avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
    int code = avformat.avformat_open_input(context, (String) null, (AVInputFormat) null, options);
    avutil.av_dict_free(options);
    if (code < 0) {
      // FFmpeg freed the context.
      MediaException broken = bridge.failure();
      bridge.close();
      throw broken != null ? broken : Failures.exception(code, where, "not readable as media");
    }
    Demuxer demuxer = new Demuxer(context, bridge, where);
    code = avformat.avformat_find_stream_info(context, (AVDictionary) null);
    if (code < 0) {
      demuxer.close();
      throw Failures.exception(code, where, "no tracks found");
    }
    if (demuxer.streamCount() == 0) {
      demuxer.close();
      throw new MediaException(
          Reason.INVALID_DATA, where + ": holds no tracks; check that it is audio or video");
    }
    return demuxer;
  }

  /** Streams known by now; containers such as MPEG-TS may add some later. */
  int streamCount() {
    return context.nb_streams();
  }

  AVStream stream(int index) {
    return context.streams(index);
  }

  /** Nominal pictures per second of a video stream; 0 when unknown. */
  double frameRate(AVStream stream) {
    var rate = avformat.av_guess_frame_rate(context, stream, null);
    return rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 0;
  }

  /** Short container name. */
  String container() {
    String names = context.iformat().name().getString();
    if (names.startsWith("mov,")) {
      return "mp4";
    }
    int comma = names.indexOf(',');
    return comma < 0 ? names : names.substring(0, comma);
  }

  /** Length in microseconds where the container tells. */
  OptionalLong durationMicros() {
    long duration = context.duration();
    return duration > 0 ? OptionalLong.of(duration) : OptionalLong.empty();
  }

  /**
   * Reads the next packet.
   *
   * @return false at the end
   * @throws MediaException when the input broke
   */
  boolean read(AVPacket packet) throws MediaException {
    int code = avformat.av_read_frame(context, packet);
    if (code >= 0) {
      return true;
    }
    MediaException broken = bridge.failure();
    if (broken != null) {
      throw broken;
    }
    return false;
  }

  /** Address for messages. */
  String where() {
    return where;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
    bridge.close();
  }

  /** Declared language of a stream, or null. */
  static @Nullable String language(AVStream stream) {
    var entry = avutil.av_dict_get(stream.metadata(), "language", null, 0);
    return entry == null || entry.isNull() ? null : entry.value().getString();
  }
}
