package io.aircheck.faults.scene;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.FrameView;

/**
 * A generated programme: pictures and sound as functions of time, the same for the same seed. Not
 * thread-safe; a picture or run of sound is valid until the next one is asked for.
 */
public interface Scene {
  /** Samples per second and channel of every scene. */
  int SAMPLE_RATE = 48_000;

  /**
   * Format of the pictures.
   *
   * @param width luma samples, even
   * @param height luma samples, even
   * @param frameRateNumerator pictures per second, numerator
   * @param frameRateDenominator and denominator
   */
  record Format(int width, int height, int frameRateNumerator, int frameRateDenominator) {
    public Format {
      if (width < 64 || height < 36 || width % 2 != 0 || height % 2 != 0) {
        throw new IllegalArgumentException(
            "pictures must be even and at least 64x36, not " + width + "x" + height);
      }
      if (frameRateNumerator <= 0 || frameRateDenominator <= 0) {
        throw new IllegalArgumentException(
            "picture rate must be positive, not "
                + frameRateNumerator
                + "/"
                + frameRateDenominator);
      }
    }

    /** Media time at which a picture is shown, in microseconds. */
    public long micros(long picture) {
      return Math.round(picture * 1e6 * frameRateDenominator / frameRateNumerator);
    }
  }

  Format format();

  /** Roles of the channels of the sound. */
  default ChannelLayout channelLayout() {
    return ChannelLayout.STEREO;
  }

  /**
   * A picture.
   *
   * @param index counted from 0
   */
  FrameView picture(long index);

  /**
   * A run of sound.
   *
   * @param firstSample counted from 0
   * @param count samples per channel, at least 1
   */
  AudioView sound(long firstSample, int count);
}
