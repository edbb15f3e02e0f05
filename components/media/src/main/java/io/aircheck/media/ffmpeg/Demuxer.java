package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.SafeUri;
import io.aircheck.media.input.ByteInput;
import java.util.Map;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** An opened container: tells its streams and hands out compressed packets. One thread. */
final class Demuxer implements AutoCloseable {
  /**
   * What a container may look through for its header before tracks are looked for. FFmpeg's reader
   * of MPEG-TS takes as much memory for that, and holds it until it has read as much.
   */
  private static final long HEADER_BYTES = 256 << 10;

  private final AVFormatContext context;
  private final @Nullable InputBridge bridge;
  private final @Nullable Interrupt interrupt;
  private final String where;

  private Demuxer(
      AVFormatContext context,
      @Nullable InputBridge bridge,
      @Nullable Interrupt interrupt,
      String where) {
    this.context = context;
    this.bridge = bridge;
    this.interrupt = interrupt;
    this.where = where;
  }

  /**
   * Finds the container and the tracks in the bytes of an input.
   *
   * @param input closed with the demuxer, also when this fails
   * @param where address for messages, with secrets removed
   * @throws MediaException when the bytes are not media
   */
  static Demuxer open(ByteInput input, String where, MediaLimits limits) throws MediaException {
    InputBridge bridge = new InputBridge(input);
    AVFormatContext context = context(limits);
    context.probesize(Math.min(HEADER_BYTES, limits.probeBytes()));
    context.pb(bridge.context());
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    AVDictionary options = new AVDictionary(null);
    // The bytes come from the bridge: a container must not make FFmpeg open anything else.
    avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
    int code = avformat.avformat_open_input(context, (String) null, (AVInputFormat) null, options);
    avutil.av_dict_free(options);
    if (code < 0) {
      // FFmpeg freed the context.
      MediaException broken = bridge.failure();
      if (broken == null && bridge.bytesRead() == 0) {
        broken =
            new MediaException(Reason.INVALID_DATA, where + ": is empty; check what writes it");
      }
      bridge.close();
      throw broken != null ? broken : Failures.exception(code, where, "not readable as media");
    }
    context.probesize(limits.probeBytes());
    Demuxer demuxer = new Demuxer(context, bridge, null, where);
    demuxer.findTracks();
    return demuxer;
  }

  /**
   * Lets FFmpeg open an address.
   *
   * @param options FFmpeg's options of the protocol and the container
   * @throws MediaException when it cannot be opened or is not media
   */
  static Demuxer open(
      String address, Map<String, String> options, Interrupt interrupt, MediaLimits limits)
      throws MediaException {
    String where = SafeUri.redact(address);
    AVFormatContext context = context(limits);
    interrupt.install(context.interrupt_callback());
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
    int code = avformat.avformat_open_input(context, address, (AVInputFormat) null, dictionary);
    avutil.av_dict_free(dictionary);
    if (code < 0) {
      throw ConnectionFailure.of(code, address);
    }
    Demuxer demuxer = new Demuxer(context, null, interrupt, where);
    demuxer.findTracks();
    return demuxer;
  }

  private static AVFormatContext context(MediaLimits limits) {
    AVFormatContext context = avformat.avformat_alloc_context();
    // Timestamps that wrap are unwrapped by the timeline, for more than the one wrap FFmpeg knows.
    context.correct_ts_overflow(0);
    context.probesize(limits.probeBytes());
    context.max_analyze_duration(limits.analyzeMicros());
    context.max_streams(limits.maxStreams());
    return context;
  }

  private void findTracks() throws MediaException {
    int code = avformat.avformat_find_stream_info(context, (AVDictionary) null);
    MediaException failure = null;
    if (interrupt != null && interrupt.expired()) {
      failure = Failures.exception(avutil.AVERROR_EXIT, where, "no tracks found in time");
    } else if (code < 0) {
      failure = Failures.exception(code, where, "no tracks found");
    } else if (streamCount() == 0) {
      MediaException broken = bridge == null ? null : bridge.failure();
      failure =
          broken != null
              ? broken
              : new MediaException(
                  Reason.INVALID_DATA, where + ": holds no tracks; check that it is media");
    }
    if (failure != null) {
      close();
      throw failure;
    }
  }

  /** Streams known by now; containers such as MPEG-TS may add some later. */
  int streamCount() {
    return context.nb_streams();
  }

  /** What is needed to decode a stream. */
  StreamSpec spec(int index) {
    AVStream stream = context.streams(index);
    AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
    avcodec.avcodec_parameters_copy(parameters, stream.codecpar());
    boolean video = parameters.codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
    boolean cover = (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
    boolean audio = parameters.codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
    return new StreamSpec(
        index,
        audio || (video && !cover),
        parameters,
        new Ticks(stream.time_base().num(), stream.time_base().den()),
        stream.pts_wrap_bits(),
        frameRate(stream),
        language(stream));
  }

  /** Pictures a second; 0 when unknown. */
  private double frameRate(AVStream stream) {
    try (AVRational rate = avformat.av_guess_frame_rate(context, stream, null)) {
      return rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 0;
    }
  }

  private static @Nullable String language(AVStream stream) {
    var entry = avutil.av_dict_get(stream.metadata(), "language", null, 0);
    if (entry == null || entry.isNull()) {
      return null;
    }
    String language = entry.value().getString();
    return language.equals("und") ? null : language;
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

  /** Address for messages. */
  String where() {
    return where;
  }

  /** Bytes of the input read so far; 0 when FFmpeg reads an address by itself. */
  long bytesRead() {
    return bridge == null ? 0 : bridge.bytesRead();
  }

  /**
   * Reads the next packet.
   *
   * @return false at the end, which is also where the data makes no sense any more
   * @throws MediaException when the input broke
   */
  boolean read(AVPacket packet) throws MediaException {
    int code = avformat.av_read_frame(context, packet);
    if (code >= 0) {
      return true;
    }
    MediaException broken = bridge == null ? null : bridge.failure();
    if (broken != null) {
      throw broken;
    }
    if (interrupt != null
        && code != avutil.AVERROR_EOF
        && Failures.reason(code).isTransient()
        && !interrupt.stopped()) {
      throw Failures.exception(code, where, "connection lost");
    }
    return false;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
    if (bridge != null) {
      bridge.close();
    }
    if (interrupt != null) {
      interrupt.close();
    }
  }
}
