package io.aircheck.testkit;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;

/**
 * A hand-made run of sound for closed-form tests.
 *
 * @param channels planar samples; all of equal length
 */
public record TestSound(
    long ptsMicros, int sampleRate, ChannelLayout channelLayout, float[][] samples)
    implements AudioView {

  /** Sample value from channel and time. */
  @FunctionalInterface
  public interface Generator {
    double at(int channel, double seconds);
  }

  /** A run of generated sound that begins at a media time; the generator sees absolute time. */
  public static TestSound generated(
      long ptsMicros, int sampleRate, ChannelLayout layout, int sampleCount, Generator generator) {
    float[][] samples = new float[layout.size()][sampleCount];
    for (int c = 0; c < samples.length; c++) {
      for (int i = 0; i < sampleCount; i++) {
        samples[c][i] = (float) generator.at(c, ptsMicros / 1e6 + (double) i / sampleRate);
      }
    }
    return new TestSound(ptsMicros, sampleRate, layout, samples);
  }

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
