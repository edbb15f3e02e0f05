package io.aircheck.core.sound;

import io.aircheck.core.media.ChannelLayout;

/**
 * Ten milliseconds of one audio track with what several detectors need to know of them, computed
 * once. Blocks tile the sound of a track without overlap, whatever the runs were that the decoder
 * delivered, so that a detector that counts blocks gives the same result for any chunking.
 *
 * <p><b>Lifetime:</b> borrowed; valid until the callback returns, read-only, one thread, never
 * stored.
 */
public interface SoundBlock {
  /** Blocks per second; a block has the nearest whole number of samples. */
  int BLOCKS_PER_SECOND = 100;

  /** The track that the sound belongs to, such as {@code audio:0}. */
  String trackId();

  /** Media time of the first sample in microseconds. */
  long startMicros();

  /** Media time at which the block ends in microseconds. */
  long endMicros();

  /**
   * Whether the block follows on the one before it of the same track, without a gap and in the same
   * format. False for the first: whoever keeps history across blocks begins anew.
   */
  boolean continuous();

  /** Samples per second and channel. */
  int sampleRate();

  /** Roles of the channels in order. */
  ChannelLayout channelLayout();

  /** Samples per channel: the sample rate divided by {@link #BLOCKS_PER_SECOND}, rounded. */
  int sampleCount();

  /**
   * Samples of one channel, finite, full scale is [-1, 1], lossy codecs overshoot. The array may be
   * longer than {@link #sampleCount()}; do not write to it.
   */
  float[] channel(int index);

  /** Mean of the samples: the DC offset, full scale 1. */
  double mean(int channel);

  /** Mean square about the mean, full scale 1: power without DC. A full-scale sine has 0.5. */
  double power(int channel);

  /** Largest magnitude of a sample. */
  double peak(int channel);

  /** Mean square after the K weighting of ITU-R BS.1770-4, full scale 1, before channel weights. */
  double weightedPower(int channel);

  /** Number of channels. */
  default int channels() {
    return channelLayout().size();
  }
}
