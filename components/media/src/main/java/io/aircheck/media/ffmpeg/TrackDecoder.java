package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.DecodeError.Fault;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.Track;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Turns the packets of one track into pictures or sound, at most one of them ahead of what was
 * handed out. Times are continuous microseconds, before the origin of media time is subtracted.
 */
abstract class TrackDecoder implements AutoCloseable {
  /** A decoder that refuses that often in a row without taking a packet is stuck. */
  private static final int MAX_REFUSALS = 16;

  private final AVCodecContext context;
  private final StreamSpec spec;
  private final int number;
  private final ErrorSink errors;
  private final PacketQueue queue;
  private long packetMicros;
  private boolean encrypted;
  private boolean faulty;
  private boolean ended;
  private boolean flushed;
  private Track track;
  private boolean pending;
  private long pendingMicros;
  private long pendingDurationMicros;

  /** Whether what is pending was left undecoded. */
  private boolean pendingUndecoded;

  /** The decoder is being emptied, to begin anew with the packet that comes next. */
  private boolean emptying;

  private boolean handedOut;
  private long endMicros;

  /** Up to here everything was handed out before packets were decoded again. */
  private long lateUntilMicros = Long.MIN_VALUE;

  /** Hears of decode errors. */
  interface ErrorSink {
    void error(TrackDecoder decoder, Fault fault, long micros, String detail);
  }

  /**
   * @param spec the stream; belongs to the decoder from here on
   * @param number stands for the track in the timeline
   */
  TrackDecoder(
      Track track, StreamSpec spec, int number, MediaLimits limits, String where, ErrorSink errors)
      throws MediaException {
    this.track = track;
    this.spec = spec;
    this.number = number;
    this.errors = errors;
    this.queue = new PacketQueue(spec.ticks());
    AVCodec codec = avcodec.avcodec_find_decoder(spec.parameters().codec_id());
    if (codec == null || codec.isNull()) {
      throw new MediaException(
          Reason.UNSUPPORTED,
          where + ": no decoder for " + track.codec() + "; convert it to a supported codec");
    }
    if ((long) track.width() * track.height() > limits.maxPixels()) {
      throw new MediaException(
          Reason.LIMIT_EXCEEDED,
          "%s: pictures of %dx%d are larger than the limit of %d pixels; scale them down"
              .formatted(where, track.width(), track.height(), limits.maxPixels()));
    }
    context = avcodec.avcodec_alloc_context3(codec);
    avcodec.avcodec_parameters_to_context(context, spec.parameters());
    try (AVRational unit = spec.ticks().toRational()) {
      context.pkt_timebase(unit);
    }
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

  final StreamSpec spec() {
    return spec;
  }

  final int number() {
    return number;
  }

  /** Notes whether a packet was encrypted. */
  final void encrypted(boolean decrypted) {
    encrypted |= decrypted;
  }

  /**
   * Whether the track was encrypted and decoding it has led to nothing but faults; a question for
   * the moment at which the first picture or run of sound waits.
   */
  final boolean unreadable() {
    return encrypted && faulty;
  }

  /** Takes a packet over, its timestamps made continuous. */
  final void queue(AVPacket packet) {
    queue.add(packet);
  }

  /**
   * Goes back to packets that have been passed over, from a key picture on: what they lead to and
   * was handed out before is late. What was pending is among them.
   */
  final void rewind(List<AVPacket> passed) {
    avcodec.avcodec_flush_buffers(context);
    emptying = false;
    flushed = false;
    pending = false;
    pendingUndecoded = false;
    queue.putBack(passed);
    lateUntilMicros = handedOut ? endMicros : Long.MIN_VALUE;
  }

  /** Lets the decoder give what it holds; the next packet refers to nothing before it. */
  final void empty() {
    if (!flushed && !emptying) {
      emptying = true;
      avcodec.avcodec_send_packet(context, null);
    }
  }

  /** No packet follows. */
  final void end() {
    ended = true;
  }

  /** Bytes of packets that wait. */
  final long queuedBytes() {
    return queue.bytes();
  }

  /** How much later the newest packet is than what is handed out next, in microseconds. */
  final long readAheadMicros() {
    long newest = queue.newestMicros();
    return pending && newest != Long.MIN_VALUE ? newest - pendingMicros : 0;
  }

  /** Time of the newest packet; {@link Long#MIN_VALUE} before the first. */
  final long newestMicros() {
    return queue.newestMicros();
  }

  /** Whether something is decoded and waits to be handed out. */
  final boolean pending() {
    return pending;
  }

  /** Whether what waits belongs to a time that was handed out before. */
  final boolean late() {
    return pending && pendingMicros + pendingDurationMicros / 2 < lateUntilMicros;
  }

  /** Time of what is handed out next; only when something is {@link #pending}. */
  final long pendingMicros() {
    return pendingMicros;
  }

  /** Duration of what is handed out next. */
  final long pendingDurationMicros() {
    return pendingDurationMicros;
  }

  /** Whether {@link #endMicros} tells where the next picture or sample belongs. */
  final boolean continues() {
    return handedOut;
  }

  /** Where what was handed out last ends. */
  final long endMicros() {
    return endMicros;
  }

  /** Forgets what was handed out: what comes next does not continue it. */
  void interrupt() {
    handedOut = false;
  }

  /** Takes the end of another decoder of the same track over. */
  final void continueFrom(long micros) {
    endMicros = micros;
    handedOut = true;
  }

  /**
   * Decodes until something is ready to be handed out.
   *
   * @return whether something is; if not, packets are needed or the track ended
   */
  final boolean advance() {
    int refusals = 0;
    while (!pending) {
      AVFrame frame = target();
      int code = avcodec.avcodec_receive_frame(context, frame);
      if (code == 0) {
        long timestamp = frame.best_effort_timestamp();
        pendingMicros =
            timestamp == avutil.AV_NOPTS_VALUE ? endMicros : spec.ticks().toMicros(timestamp);
        pendingDurationMicros = accept(frame);
        pending = pendingDurationMicros >= 0;
        refusals = 0;
        continue;
      }
      if (code == avutil.AVERROR_EOF && emptying) {
        emptying = false;
        avcodec.avcodec_flush_buffers(context);
        continue;
      }
      if (code == avutil.AVERROR_EOF) {
        return false;
      }
      if (code != Failures.EAGAIN) {
        report(Fault.INVALID_DATA, packetMicros, Failures.text(code));
        if (++refusals > MAX_REFUSALS) {
          return false;
        }
      }
      if (!send()) {
        return false;
      }
    }
    return true;
  }

  /** Gives the decoder the next packet, or tells it that there is none; false: wait for one. */
  private boolean send() {
    AVPacket packet = queue.poll();
    if (packet == null) {
      if (!ended || flushed) {
        return false;
      }
      flushed = true;
      avcodec.avcodec_send_packet(context, null);
      return true;
    }
    if (packet.pts() != avutil.AV_NOPTS_VALUE) {
      packetMicros = spec.ticks().toMicros(packet.pts());
    }
    if (wanted(packet)) {
      int code = avcodec.avcodec_send_packet(context, packet);
      if (code < 0 && code != avutil.AVERROR_EOF && code != Failures.EAGAIN) {
        report(Fault.INVALID_DATA, packetMicros, Failures.text(code));
      }
      if (alone()) {
        empty();
      }
    } else {
      pendUndecoded(undecodedMicros(packet), packet);
    }
    passed(packet);
    return true;
  }

  /** A packet was decoded, or passed over; belongs to whoever overrides this. */
  void passed(AVPacket packet) {
    avcodec.av_packet_free(packet);
  }

  /** Lets a picture that is not decoded be handed out as such, unless it is not to be told of. */
  private void pendUndecoded(long micros, AVPacket packet) {
    if (micros != avutil.AV_NOPTS_VALUE && micros >= lateUntilMicros) {
      pending = true;
      pendingUndecoded = true;
      pendingMicros = micros;
      pendingDurationMicros = spec.ticks().toMicros(Math.max(0, packet.duration()));
    }
  }

  /** Tells of a decode error. */
  final void report(Fault fault, long micros, String detail) {
    faulty = true;
    errors.error(this, fault, micros, detail);
  }

  /** Hands out what is pending. */
  final MediaEvent take(long originMicros) {
    boolean late = late();
    pending = false;
    handedOut = true;
    endMicros = Math.max(endMicros, pendingMicros + pendingDurationMicros);
    if (pendingUndecoded) {
      pendingUndecoded = false;
      return new MediaEvent.Undecoded(
          track.id(), pendingMicros - originMicros, pendingDurationMicros);
    }
    return view(pendingMicros - originMicros, late);
  }

  /** Whether a packet is worth decoding. */
  boolean wanted(AVPacket packet) {
    return true;
  }

  /** Whether the packet just taken is to be decoded without those that follow. */
  boolean alone() {
    return false;
  }

  /** When a picture that is not decoded is shown; without a value it is not told of. */
  long undecodedMicros(AVPacket packet) {
    return avutil.AV_NOPTS_VALUE;
  }

  /** Frame that the decoder may write to. */
  abstract AVFrame target();

  /**
   * Looks at a decoded frame.
   *
   * @return its duration in microseconds, or -1 when it is not to be handed out
   */
  abstract long accept(AVFrame frame);

  /** Takes over into the track what the pending picture or run of sound shows of it. */
  final void updateTrack() {
    if (!pendingUndecoded) {
      takeFormat();
    }
  }

  /** Takes over into the track what the decoded picture or run of sound shows of it. */
  abstract void takeFormat();

  /**
   * Makes the view of what is pending.
   *
   * @param late see {@link #late}
   */
  abstract MediaEvent view(long mediaMicros, boolean late);

  @Override
  public void close() {
    queue.close();
    avcodec.avcodec_free_context(context);
    spec.close();
  }
}
