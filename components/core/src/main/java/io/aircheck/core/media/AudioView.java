package io.aircheck.core.media;

/**
 * A run of decoded sound, borrowed from the media converter.
 *
 * <p><b>Lifetime:</b> as {@link FrameView}: valid until the callback returns, read-only, one
 * thread, never stored.
 */
public interface AudioView {

  /** The track that the sound belongs to, such as {@code audio:0}. */
  String trackId();

  /** Presentation time of the first sample in microseconds of media time. */
  long ptsMicros();

  /** Wall-clock time at which the sound left the decoder, in milliseconds since the epoch. */
  long wallClockMillis();

  /** Samples per second and channel. */
  int sampleRate();

  /** Roles of the channels in order. */
  ChannelLayout channelLayout();

  /** Samples per channel in this run; at least 1. */
  int sampleCount();

  /**
   * Samples of one channel: planar floats, full scale is [-1, 1], decoders of lossy codecs may
   * overshoot. The array may be longer than {@link #sampleCount()}; do not write to it.
   */
  float[] channel(int index);

  /** Whether the decoder says that the run is damaged. */
  boolean corrupt();

  /** Number of channels. */
  default int channels() {
    return channelLayout().size();
  }

  /** Length of the run in microseconds. */
  default long durationMicros() {
    return sampleCount() * 1_000_000L / sampleRate();
  }
}
