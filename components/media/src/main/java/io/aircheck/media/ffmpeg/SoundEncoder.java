package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.WriteRequest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/** Sound to AAC-LC, in the encoder's frames of 1024 samples. */
final class SoundEncoder implements AutoCloseable {
  /** Differences of times below this are rounding; above it the sound really starts elsewhere. */
  private static final long REANCHOR_MICROS = 10_000;

  private final WriteRequest.Audio format;
  private final Encoder encoder;
  private final Ticks ticks;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final int frameSamples;
  private final float[][] waiting;
  private int waitingCount;

  /** Time of the first waiting sample, in samples. */
  private long position = Long.MIN_VALUE;

  SoundEncoder(WriteRequest.Audio format, Muxer muxer) throws MediaException {
    this.format = format;
    this.ticks = new Ticks(1, format.sampleRate());
    this.encoder =
        new Encoder(
            "aac",
            muxer,
            context -> {
              context.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
              context.sample_rate(format.sampleRate());
              Layouts.set(format.channelLayout(), context.ch_layout());
              context.bit_rate(format.bitrate());
              try (AVRational unit = new Ticks(1, format.sampleRate()).toRational()) {
                context.time_base(unit);
              }
            });
    this.frameSamples = encoder.context().frame_size();
    this.waiting = new float[format.channelLayout().size()][frameSamples];
  }

  void encode(AudioView sound) throws MediaException {
    if (sound.sampleRate() != format.sampleRate()
        || sound.channels() != format.channelLayout().size()) {
      throw new MediaException(
          Reason.UNSUPPORTED,
          "sound of %d Hz, %d channels in an output of %d Hz, %d channels; write one format"
              .formatted(
                  sound.sampleRate(),
                  sound.channels(),
                  format.sampleRate(),
                  format.channelLayout().size()));
    }
    long start = ticks.fromMicros(sound.ptsMicros());
    if (position == Long.MIN_VALUE) {
      position = start;
    } else if (ticks.toMicros(Math.abs(start - position - waitingCount)) > REANCHOR_MICROS) {
      flushWaiting();
      if (start < position) {
        throw new MediaException(
            Reason.INVALID_DATA, "sound at " + sound.ptsMicros() + " µs is before the last");
      }
      position = start;
    }
    for (int done = 0; done < sound.sampleCount(); ) {
      int count = Math.min(frameSamples - waitingCount, sound.sampleCount() - done);
      for (int c = 0; c < waiting.length; c++) {
        System.arraycopy(sound.channel(c), done, waiting[c], waitingCount, count);
      }
      waitingCount += count;
      done += count;
      if (waitingCount == frameSamples) {
        encodeWaiting(frameSamples);
      }
    }
  }

  /** Encodes what waits, filled up with silence. */
  private void flushWaiting() throws MediaException {
    if (waitingCount > 0) {
      for (float[] channel : waiting) {
        Arrays.fill(channel, waitingCount, frameSamples, 0f);
      }
      encodeWaiting(frameSamples);
    }
  }

  private void encodeWaiting(int count) throws MediaException {
    AVCodecContext context = encoder.context();
    avutil.av_frame_unref(frame);
    frame.nb_samples(count);
    frame.format(avutil.AV_SAMPLE_FMT_FLTP);
    frame.sample_rate(format.sampleRate());
    avutil.av_channel_layout_copy(frame.ch_layout(), context.ch_layout());
    if (avutil.av_frame_get_buffer(frame, 0) < 0) {
      throw new MediaException(Reason.LIMIT_EXCEEDED, "no memory for sound");
    }
    for (int c = 0; c < waiting.length; c++) {
      MemorySegment target =
          MemorySegment.ofAddress(frame.extended_data(c).address())
              .reinterpret((long) count * Float.BYTES);
      MemorySegment.copy(waiting[c], 0, target, ValueLayout.JAVA_FLOAT, 0, count);
    }
    frame.pts(position);
    position += count;
    waitingCount = 0;
    encoder.encode(frame);
  }

  void flush() throws MediaException {
    if (waitingCount > 0) {
      // The last frame may be short, so that the container knows the exact length.
      encodeWaiting(waitingCount);
    }
    encoder.encode(null);
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    encoder.close();
  }
}
