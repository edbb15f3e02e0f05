package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.DecodeError.Fault;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.Track;
import java.lang.foreign.Arena;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of one track. Three frames take turns: the one decoded ahead, the one handed out last
 * and the one before it, all of them references to the decoder's own memory.
 */
final class VideoDecoder extends TrackDecoder {
  /** Pictures without a clean start are left out for that many pictures at most. */
  private static final int MAX_PICTURES_BEFORE_START = 250;

  /** More pictures between two key pictures, 10 s at 60 a second, than any ladder has. */
  private static final int MAX_PICTURES_BETWEEN_KEYS = 600;

  private final Arena arena;
  private final PictureConverter converter = new PictureConverter();
  private AVFrame next = avutil.av_frame_alloc();
  private AVFrame current = avutil.av_frame_alloc();
  private AVFrame before = avutil.av_frame_alloc();
  private @Nullable PictureView currentView;
  private PictureFormat format = PictureFormat.of(avutil.AV_PIX_FMT_YUV420P);
  private int pixelFormat = avutil.AV_PIX_FMT_YUV420P;
  private boolean keySeen;
  private boolean started;
  private int leftOut;

  private Decoding decoding = Decoding.FULL;

  /** While only key pictures are decoded: the packets for when more is wanted after all. */
  private final PacketHistory history = new PacketHistory();

  private long packetMicros;

  /** Packets without a key picture since the last one, and what key pictures are shown later by. */
  private int sinceKey;

  private long delayTicks;

  /** Whether pictures before the start are told of: the stream had begun before. */
  private boolean resuming;

  VideoDecoder(
      Track track,
      StreamSpec spec,
      int number,
      MediaLimits limits,
      String where,
      ErrorSink errors,
      Arena arena)
      throws MediaException {
    super(track, spec, number, limits, where, errors);
    this.arena = arena;
  }

  /** Joining a stream between key frames is no defect of the stream: waits for the first one. */
  @Override
  boolean wanted(AVPacket packet) {
    boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
    sinceKey = key ? 0 : sinceKey + 1;
    if (key && packet.pts() != avutil.AV_NOPTS_VALUE && packet.dts() != avutil.AV_NOPTS_VALUE) {
      delayTicks = packet.pts() - packet.dts();
    }
    keySeen |= key || ++leftOut > MAX_PICTURES_BEFORE_START;
    return keySeen && (key || decoding == Decoding.FULL || withoutKeys());
  }

  /** Nothing can be left out of a stream in which key pictures do not come. */
  private boolean withoutKeys() {
    return sinceKey > MAX_PICTURES_BETWEEN_KEYS;
  }

  @Override
  boolean alone() {
    return decoding == Decoding.KEY_PICTURES && !withoutKeys();
  }

  /** Packets come in the order of decoding: their own times would jump to and fro. */
  @Override
  long undecodedMicros(AVPacket packet) {
    if (!keySeen && !resuming) {
      return avutil.AV_NOPTS_VALUE;
    }
    boolean ordered = packet.dts() != avutil.AV_NOPTS_VALUE;
    long ticks = ordered ? packet.dts() + delayTicks : packet.pts();
    return ticks == avutil.AV_NOPTS_VALUE ? ticks : spec().ticks().toMicros(ticks);
  }

  @Override
  void passed(AVPacket packet) {
    if (decoding == Decoding.FULL) {
      super.passed(packet);
      return;
    }
    long time = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    if (time != avutil.AV_NOPTS_VALUE) {
      packetMicros = spec().ticks().toMicros(time);
    }
    history.add(packet, (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0, packetMicros);
  }

  /**
   * Decodes less from the next key picture on, or more: that from the oldest key picture kept on.
   */
  void decode(Decoding other) {
    if (decoding == other) {
      return;
    }
    decoding = other;
    resuming |= keySeen;
    if (other == Decoding.FULL && !history.isEmpty()) {
      rewind(history.take());
      currentView = null;
      started = false;
      leftOut = 0;
      return;
    }
    empty();
    if (other == Decoding.FULL) {
      keySeen = false;
      started = false;
      leftOut = 0;
    }
  }

  @Override
  AVFrame target() {
    return next;
  }

  @Override
  long accept(AVFrame frame) {
    boolean flagged = (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
    int errors = frame.decode_error_flags();
    if (!started && flagged && errors == 0 && ++leftOut <= MAX_PICTURES_BEFORE_START) {
      // Pictures that refer to what was sent before the input was joined.
      return -1;
    }
    started = true;
    if ((errors & AVFrame.FF_DECODE_ERROR_CONCEALMENT_ACTIVE) != 0) {
      report(Fault.CONCEALED, pendingMicros(), describe(errors));
    } else if (flagged || errors != 0) {
      report(Fault.CORRUPT, pendingMicros(), describe(errors));
    }
    if (frame.format() != pixelFormat) {
      pixelFormat = frame.format();
      format = PictureFormat.of(pixelFormat);
    }
    if (!format.direct() || frame.linesize(0) < 0) {
      if (!converter.convert(frame, format.target())) {
        report(Fault.INVALID_DATA, pendingMicros(), "pixel format that cannot be converted");
        return -1;
      }
    }
    return frame.duration() > 0 ? spec().ticks().toMicros(frame.duration()) : nominalMicros();
  }

  private static String describe(int errors) {
    if ((errors & AVFrame.FF_DECODE_ERROR_MISSING_REFERENCE) != 0) {
      return "reference picture missing";
    }
    return errors == 0 ? "picture flagged as corrupt" : "damaged bitstream";
  }

  private long nominalMicros() {
    double rate = track().frameRate();
    return rate > 0 ? Math.round(1_000_000 / rate) : 0;
  }

  @Override
  void interrupt() {
    super.interrupt();
    currentView = null;
    history.clear();
  }

  @Override
  void takeFormat() {
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
  MediaEvent view(long mediaMicros, boolean late) {
    AVFrame free = before;
    avutil.av_frame_unref(free);
    before = current;
    current = next;
    next = free;
    PictureView plain =
        new PictureView(track().id(), mediaMicros, pendingDurationMicros(), current, format, arena);
    PictureView previousView = currentView;
    currentView = alone() ? null : plain;
    PictureView view = previousView == null ? plain : plain.after(previousView);
    return late ? new MediaEvent.Late(view) : new MediaEvent.Video(view);
  }

  @Override
  public void close() {
    super.close();
    history.close();
    avutil.av_frame_free(next);
    avutil.av_frame_free(current);
    avutil.av_frame_free(before);
    converter.close();
  }
}
