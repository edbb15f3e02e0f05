package io.aircheck.faults.inject;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import java.util.Arrays;

/**
 * A copy of a run of sound that may be changed and kept.
 *
 * @param samples planar samples; may be changed
 */
record EditableSound(
    String trackId,
    long ptsMicros,
    long wallClockMillis,
    int sampleRate,
    ChannelLayout channelLayout,
    float[][] samples)
    implements AudioView {

  static EditableSound copyOf(AudioView source) {
    float[][] samples = new float[source.channels()][];
    for (int c = 0; c < samples.length; c++) {
      samples[c] = Arrays.copyOf(source.channel(c), source.sampleCount());
    }
    return new EditableSound(
        source.trackId(),
        source.ptsMicros(),
        source.wallClockMillis(),
        source.sampleRate(),
        source.channelLayout(),
        samples);
  }

  /** Media time of a sample. */
  long micros(int sample) {
    return ptsMicros + sample * 1_000_000L / sampleRate;
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
