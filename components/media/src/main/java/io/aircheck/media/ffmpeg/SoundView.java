package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;

/** Decoded sound in arrays that the track's decoder uses again for the next run. */
record SoundView(
    String trackId,
    long ptsMicros,
    long wallClockMillis,
    int sampleRate,
    ChannelLayout channelLayout,
    int sampleCount,
    float[][] samples,
    boolean corrupt)
    implements AudioView {

  @Override
  public float[] channel(int index) {
    return samples[index];
  }
}
