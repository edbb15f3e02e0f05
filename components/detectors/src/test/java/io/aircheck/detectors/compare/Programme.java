package io.aircheck.detectors.compare;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.ChromaStatistics;
import io.aircheck.core.picture.LumaStatistics;
import io.aircheck.core.picture.MotionStatistics;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureGrid;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A made-up programme whose pictures and sound are functions of time: nine regions of different
 * light with patches that change at random every 120 ms, and noise whose level changes at random
 * every 70 ms.
 */
record Programme(long seed) {
  static final MediaInfo INFO =
      new MediaInfo(
          "memory:programme",
          "test",
          OptionalLong.empty(),
          false,
          Optional.empty(),
          List.of(
              Track.video("video:0", "test", 480, 270, 25),
              Track.audio("audio:0", "test", 8000, ChannelLayout.MONO)));

  /**
   * What a point sees and hears of a programme.
   *
   * @param fromSeconds programme time at media time 0
   * @param seconds how long
   * @param pictureRate pictures per second
   * @param soundLateMillis how much later sound is than picture
   */
  record View(double fromSeconds, double seconds, double pictureRate, double soundLateMillis) {}

  /** Signatures of pictures and sound in the order in which they end. */
  List<Fingerprint> signatures(View view) {
    List<Fingerprint> all = new ArrayList<>(pictures(view));
    all.addAll(sounds(view));
    all.sort(Comparator.comparingLong(Fingerprint::ptsMicros));
    return all;
  }

  List<Fingerprint> pictures(View view) {
    return pictures(view, TimestampScope.UNKNOWN);
  }

  List<Fingerprint> pictures(View view, TimestampScope scope) {
    CapturingSink sink = new CapturingSink();
    Detector detector = new PictureSignature();
    detector.configure(INFO, 0, sink);
    detector.onEvent(new MediaEvent.Timestamps(0, scope), sink);
    TestFrame blank = TestFrame.grey(2, 2, 0);
    for (int i = 0; i < view.seconds * view.pictureRate; i++) {
      double time = i / view.pictureRate;
      FrameView frame =
          TestFrame.grey(2, 2, 0).at(Math.round(time * 1e6), 0).after(i == 0 ? null : blank);
      detector.onFrame(frame, analysis(view.fromSeconds + time), sink);
    }
    detector.finish(Math.round(view.seconds * 1e6), sink);
    return fingerprints(sink);
  }

  List<Fingerprint> sounds(View view) {
    CapturingSink sink = new CapturingSink();
    Detector detector = new SoundSignature();
    detector.configure(INFO, 0, sink);
    for (int i = 0; i < view.seconds * SoundBlock.BLOCKS_PER_SECOND; i++) {
      double shift = view.fromSeconds - view.soundLateMillis / 1000;
      detector.onSound(block(i * 10_000L, shift, i > 0), sink);
    }
    detector.finish(Math.round(view.seconds * 1e6), sink);
    return fingerprints(sink);
  }

  static List<Fingerprint> fingerprints(CapturingSink sink) {
    return sink.observations().stream()
        .map(o -> ((Observation.Fingerprinted) o).fingerprint())
        .toList();
  }

  PictureAnalysis analysis(double programmeSeconds) {
    float[] cells = new float[PictureGrid.CELLS];
    double knot = programmeSeconds / 0.12;
    long left = (long) Math.floor(knot);
    for (int i = 0; i < cells.length; i++) {
      int patch = i / PictureGrid.COLUMNS / 3 * 12 + i % PictureGrid.COLUMNS / 4;
      double from = random(left, patch);
      double to = random(left + 1, patch);
      int region = i / PictureGrid.COLUMNS / 9 * 3 + i % PictureGrid.COLUMNS / 16;
      double light = 80 * random(0, 2000 + region);
      cells[i] = (float) (30 + light + 100 * (from + (to - from) * (knot - left)));
    }
    return new Thumbnail(cells);
  }

  /** 10 ms of sound at 8 kHz. */
  SoundBlock block(long startMicros, double programmeShiftSeconds, boolean continuous) {
    float[] samples = new float[80];
    for (int i = 0; i < samples.length; i++) {
      long sample = Math.round((startMicros / 1e6 + programmeShiftSeconds) * 8000) + i;
      double level = Math.pow(random(Math.floorDiv(sample, 560L), 1000), 2);
      samples[i] = (float) (0.5 * level * (2 * random(sample, 1001) - 1));
    }
    return new Block(startMicros, continuous, samples);
  }

  /** From 0 to 1, a function of its arguments: the mixing steps of SplitMix64. */
  private double random(long at, int what) {
    long x = seed * 0x9E3779B97F4A7C15L + at * 0xBF58476D1CE4E5B9L + what * 0x94D049BB133111EBL;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return ((x ^ (x >>> 31)) >>> 11) * 0x1p-53;
  }

  private record Thumbnail(float[] thumbnail) implements PictureAnalysis {
    @Override
    public LumaStatistics luma() {
      throw new UnsupportedOperationException();
    }

    @Override
    public MotionStatistics motion() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChromaStatistics chroma() {
      throw new UnsupportedOperationException();
    }
  }

  private record Block(long startMicros, boolean continuous, float[] samples)
      implements SoundBlock {
    @Override
    public String trackId() {
      return "audio:0";
    }

    @Override
    public long endMicros() {
      return startMicros + 10_000;
    }

    @Override
    public int sampleRate() {
      return 8000;
    }

    @Override
    public ChannelLayout channelLayout() {
      return ChannelLayout.MONO;
    }

    @Override
    public int sampleCount() {
      return samples.length;
    }

    @Override
    public float[] channel(int index) {
      return samples;
    }

    @Override
    public double mean(int channel) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double power(int channel) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double peak(int channel) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double weightedPower(int channel) {
      throw new UnsupportedOperationException();
    }
  }
}
