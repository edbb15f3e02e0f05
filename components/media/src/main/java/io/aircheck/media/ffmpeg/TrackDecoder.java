package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.DecodeError.Fault;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.Track;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Turns the packets of one track into pictures or sound, at most one of them ahead of what was
 * handed out. Times here are the timestamps of the packets in microseconds, before the origin of
 * the input is subtracted.
 */
abstract class TrackDecoder implements AutoCloseable {
  private final AVCodecContext context;
  private final Ticks ticks;
  private final ArrayDeque<AVPacket> packets = new ArrayDeque<>();
  private long queuedBytes;
  private long newestMicros = Long.MIN_VALUE;
  private long lastMicros;
  private boolean ended;
  private boolean flushed;
  private Track track;
  private boolean pending;
  private long pendingMicros;

  TrackDecoder(Track track, AVStream stream, MediaLimits limits, String where)
      throws MediaException {
    this.track = track;
    this.ticks = new Ticks(stream.time_base().num(), stream.time_base().den());
    AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    if (codec == null || codec.isNull()) {
      throw new MediaException(
          Reason.UNSUPPORTED,
          where + ": no decoder for " + track.codec() + "; convert it to a supported codec");
    }
    context = avcodec.avcodec_alloc_context3(codec);
    avcodec.avcodec_parameters_to_context(context, stream.codecpar());
    context.pkt_timebase(
        new AVRational().num(stream.time_base().num()).den(stream.time_base().den()));
    context.thread_count(limits.decoderThreads());
    context.thread_type(AVCodecContext.FF_THREAD_SLICE);
    context.max_pixels(limits.maxPixels());
    context.max_samples(limits.maxSamplesPerFrame());
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_OUTPUT_CORRUPT);
    int code = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    if (code < 0) {
      avcodec.avcodec_free_context(context);
      throw Failures.exception(code, where, track.codec() + " decoder does not start");
    }
  }

  /** The track as its last decoded picture or run of sound shows it. */
  final Track track() {
    return track;
  }

  final void track(Track changed) {
    track = changed;
  }

  final Ticks ticks() {
    return ticks;
  }

  /** Takes a packet over. */
  final void queue(AVPacket packet) {
    packets.add(packet);
    queuedBytes += packet.size();
    long time = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    if (time != avutil.AV_NOPTS_VALUE) {
      newestMicros = ticks.toMicros(time);
    }
  }

  /** No packet follows. */
  final void end() {
    ended = true;
  }

  /** Bytes of packets that wait. */
  final long queuedBytes() {
    return queuedBytes;
  }

  /** How much later the newest packet is than what is handed out next, in microseconds. */
  final long readAheadMicros() {
    return pending && newestMicros != Long.MIN_VALUE ? newestMicros - pendingMicros : 0;
  }

  /** Time of what is handed out next, in microseconds; only when {@link #advance} said yes. */
  final long pendingMicros() {
    return pendingMicros;
  }

  final boolean pending() {
    return pending;
  }

  /**
   * Decodes until something is ready to be handed out.
   *
   * @return whether something is; if not, packets are needed or the track ended
   */
  final boolean advance(Consumer<MediaEvent> errors) {
    while (!pending) {
      AVFrame frame = target();
      int code = avcodec.avcodec_receive_frame(context, frame);
      if (code == 0) {
        long timestamp = frame.best_effort_timestamp();
        long time =
            timestamp == avutil.AV_NOPTS_VALUE ? expectedMicros() : ticks.toMicros(timestamp);
        pending = accept(frame, time);
        pendingMicros = time;
        continue;
      }
      if (code == avutil.AVERROR_EOF) {
        return false;
      }
      if (code != Failures.EAGAIN) {
        error(code, errors);
      }
      AVPacket packet = packets.poll();
      if (packet == null) {
        if (!ended || flushed) {
          return false;
        }
        flushed = true;
        avcodec.avcodec_send_packet(context, null);
        continue;
      }
      queuedBytes -= packet.size();
      if (packet.pts() != avutil.AV_NOPTS_VALUE) {
        lastMicros = ticks.toMicros(packet.pts());
      }
      code = avcodec.avcodec_send_packet(context, packet);
      avcodec.av_packet_free(packet);
      if (code < 0 && code != avutil.AVERROR_EOF) {
        error(code, errors);
      }
    }
    return true;
  }

  private void error(int code, Consumer<MediaEvent> errors) {
    errors.accept(
        new MediaEvent.DecodeError(
            track.id(), lastMicros, Fault.INVALID_DATA, Failures.text(code)));
  }

  /** Hands out what is pending. */
  final MediaEvent take(long mediaMicros) {
    pending = false;
    return view(mediaMicros);
  }

  /** Frame that the decoder may write to. */
  abstract AVFrame target();

  /** Time at which the next picture or run is expected when its packet told none. */
  abstract long expectedMicros();

  /**
   * Looks at a decoded frame.
   *
   * @return whether it is to be handed out
   */
  abstract boolean accept(AVFrame frame, long micros);

  /** Takes over into the track what the pending picture or run of sound shows of it. */
  abstract void updateTrack();

  /** Makes the view of what is pending. */
  abstract MediaEvent view(long mediaMicros);

  /** Media time at which what was handed out last ends, in microseconds before the origin. */
  abstract long endMicros();

  @Override
  public void close() {
    for (AVPacket packet : packets) {
      avcodec.av_packet_free(packet);
    }
    packets.clear();
    avcodec.avcodec_free_context(context);
  }
}
