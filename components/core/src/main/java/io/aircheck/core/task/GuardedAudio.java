package io.aircheck.core.task;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import java.util.Arrays;

/**
 * A copy of a run of sound that turns into NaN on {@link #close}, so that samples kept too long are
 * seen in results. The strict runtime hands these to detectors.
 */
final class GuardedAudio implements AudioView, AutoCloseable {
  private final AudioView audio;
  private final float[][] channels;

  GuardedAudio(AudioView audio) {
    this.audio = audio;
    this.channels = new float[audio.channels()][];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = Arrays.copyOf(audio.channel(c), audio.sampleCount());
    }
  }

  @Override
  public void close() {
    for (float[] channel : channels) {
      Arrays.fill(channel, Float.NaN);
    }
  }

  @Override
  public float[] channel(int index) {
    return channels[index];
  }

  @Override
  public String trackId() {
    return audio.trackId();
  }

  @Override
  public long ptsMicros() {
    return audio.ptsMicros();
  }

  @Override
  public long wallClockMillis() {
    return audio.wallClockMillis();
  }

  @Override
  public int sampleRate() {
    return audio.sampleRate();
  }

  @Override
  public ChannelLayout channelLayout() {
    return audio.channelLayout();
  }

  @Override
  public int sampleCount() {
    return audio.sampleCount();
  }

  @Override
  public boolean corrupt() {
    return audio.corrupt();
  }
}
