package io.aircheck.detectors.sound;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.core.sound.SoundAnalyzer;
import io.aircheck.detectors.sound.analysis.BlockAnalyzer;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestSound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Plays generated sound to a detector behind the shared analysis, as a task would. */
public final class SoundBench {
  private final DetectorFactory factory;
  private final Options options;
  private final int sampleRate;
  private final ChannelLayout layout;
  private final CapturingSink sink = new CapturingSink();
  private Detector detector;
  private SoundAnalyzer analyzer = new BlockAnalyzer();
  private long samples;
  private long offsetMicros;

  public SoundBench(DetectorFactory factory, int sampleRate, ChannelLayout layout) {
    this(factory, sampleRate, layout, Map.of());
  }

  public SoundBench(
      DetectorFactory factory, int sampleRate, ChannelLayout layout, Map<String, Double> options) {
    this.factory = factory;
    this.options = Options.of(factory.kind(), factory.options(), options);
    this.sampleRate = sampleRate;
    this.layout = layout;
    this.detector = configured();
  }

  private Detector configured() {
    Detector created = factory.create(options);
    Track track = Track.audio("audio:0", "aac", sampleRate, layout);
    created.configure(
        new MediaInfo("test", "mp4", OptionalLong.empty(), false, Optional.empty(), List.of(track)),
        0,
        sink);
    return created;
  }

  /** Plays sound in runs of 1024 samples; the generator sees media time. */
  public SoundBench play(double seconds, TestSound.Generator generator) {
    return play(seconds, 1024, 1024, generator);
  }

  /** Plays sound in runs of random length between two bounds. */
  public SoundBench play(double seconds, int shortest, int longest, TestSound.Generator generator) {
    Random random = new Random(7);
    for (int left = (int) Math.round(seconds * sampleRate); left > 0; ) {
      int count = Math.min(left, shortest + random.nextInt(longest - shortest + 1));
      long pts = offsetMicros + samples * 1_000_000 / sampleRate;
      long first = samples;
      float[][] run = new float[layout.size()][count];
      for (int c = 0; c < run.length; c++) {
        for (int i = 0; i < count; i++) {
          double time = offsetMicros / 1e6 + (double) (first + i) / sampleRate;
          run[c][i] = (float) generator.at(c, time);
        }
      }
      play(new TestSound(pts, sampleRate, layout, run));
      samples += count;
      left -= count;
    }
    return this;
  }

  /** Plays a run as it is. */
  public SoundBench play(TestSound sound) {
    detector.onAudio(sound, sink);
    analyzer.analyze(sound, block -> detector.onSound(block, sink));
    return this;
  }

  /** Lets media time pass without sound. */
  public SoundBench gap(double seconds) {
    offsetMicros += Math.round(seconds * 1e6);
    return this;
  }

  /** Replaces analysis and detector by new ones that take over their state. */
  public SoundBench restart() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream state = new DataOutputStream(bytes);
      analyzer.snapshot(state);
      detector.snapshot(state);
      DataInputStream saved = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      analyzer = new BlockAnalyzer();
      analyzer.restore(saved);
      detector = configured();
      detector.restore(saved);
      if (saved.read() >= 0) {
        throw new IllegalStateException("state was not read to its end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Ends the input. */
  public CapturingSink finish() {
    detector.finish(offsetMicros + samples * 1_000_000 / sampleRate, sink);
    return sink;
  }

  public CapturingSink sink() {
    return sink;
  }

  /** A sine of a peak level in dBFS. */
  public static double sine(double hertz, double peakDbfs, double seconds) {
    return Math.pow(10, peakDbfs / 20) * Math.sin(2 * Math.PI * hertz * seconds);
  }

  /** White noise of an RMS level, the same for the same time and channel. */
  public static double noise(double rmsDbfs, int channel, double seconds) {
    long seed = Math.round(seconds * 1e7) * 31 + channel;
    seed = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
    seed = (seed ^ (seed >>> 27)) * 0x94d049bb133111ebL;
    double uniform = ((seed ^ (seed >>> 31)) >>> 11) * 0x1p-53;
    return Math.pow(10, rmsDbfs / 20) * Math.sqrt(12) * (uniform - 0.5);
  }
}
