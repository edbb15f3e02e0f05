package io.aircheck.faults.scene;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;

/**
 * A generated run of sound.
 *
 * @param samples planar samples, all channels of equal length
 */
record Sound(long ptsMicros, int sampleRate, ChannelLayout channelLayout, float[][] samples)
    implements AudioView {
  @Override
  public String trackId() {
    return "audio:0";
  }

  @Override
  public long wallClockMillis() {
    return 0;
  }

  @Override
  public int sampleCount() {
    return samples[0].length;
  }

  @Override
  public float[] channel(int index) {
    return samples[index];
  }

  @Override
  public boolean corrupt() {
    return false;
  }
}
