package io.aircheck.detectors.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.core.picture.PictureAnalyzer;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzer;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import io.aircheck.testkit.TestSound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flashes and beeps at the rates that are used on air: the answer is the shift that was made. */
class TestSignalRatesTest {
  private static final FlashAndBeepFactory FACTORY = new FlashAndBeepFactory();

  /** Samples of a run of sound, as AAC has them. */
  private static final int RUN = 1024;

  /** A quarter of a sine of 1 kHz at most until it is heard, and a sample. */
  private static final double EXACT_MILLIS = 0.1;

  private static final int LENGTH_SECONDS = 9;

  @ParameterizedTest
  @CsvSource({
    "25, 1, 48000, 0",
    "25, 1, 44100, 125.5",
    "25, 1, 48000, -333",
    "30, 1, 44100, -90",
    "30, 1, 48000, 61.7",
    "50, 1, 48000, 20",
    "50, 1, 44100, -20",
    "30000, 1001, 44100, 0",
    "30000, 1001, 48000, -45.3",
    "30000, 1001, 44100, 240",
    "24000, 1001, 48000, 80",
    "60000, 1001, 48000, -400",
  })
  void testSignal_atAnyRate_isMeasuredExactly(
      int numerator, int denominator, int sampleRate, double lateMillis) {
    double picturesPerSecond = (double) numerator / denominator;

    List<Double> measured = measure(picturesPerSecond, sampleRate, lateMillis);

    assertThat(measured).isNotEmpty();
    assertThat(measured)
        .allSatisfy(offset -> assertThat(offset).isCloseTo(lateMillis, within(EXACT_MILLIS)));
  }

  private static List<Double> measure(double picturesPerSecond, int sampleRate, double lateMillis) {
    MediaInfo info =
        new MediaInfo(
            "memory:test",
            "test",
            OptionalLong.empty(),
            false,
            Optional.empty(),
            List.of(
                Track.video("video:0", "test", 96, 54, picturesPerSecond),
                Track.audio("audio:0", "test", sampleRate, ChannelLayout.MONO)));
    CapturingSink sink = new CapturingSink();
    Detector detector = FACTORY.create(Options.of(FACTORY.kind(), FACTORY.options(), Map.of()));
    detector.configure(info, 0, sink);
    PictureAnalyzer pictures = PictureAnalyzers.installed().create();
    SoundAnalyzer sounds = SoundAnalyzers.installed().create();
    // A flash of two pictures about every 1.2 s, the first after about 0.6 s.
    int period = (int) Math.round(1.2 * picturesPerSecond);
    int first = period / 2;
    long samplesGiven = 0;
    for (int i = 0; i < LENGTH_SECONDS * picturesPerSecond; i++) {
      long pts = Math.round(i * 1e6 / picturesPerSecond);
      while (samplesGiven * 1e6 / sampleRate < pts) {
        TestSound run =
            TestSound.generated(
                Math.round(samplesGiven * 1e6 / sampleRate),
                sampleRate,
                ChannelLayout.MONO,
                RUN,
                (channel, seconds) ->
                    beep(
                        seconds - lateMillis / 1000 - first / picturesPerSecond,
                        period / picturesPerSecond));
        sounds.analyze(run, block -> detector.onSound(block, sink));
        samplesGiven += RUN;
      }
      boolean flash = i >= first && (i - first) % period < 2;
      TestFrame frame =
          TestFrame.grey(96, 54, flash ? 200 : 40).at(pts, Math.round(1e6 / picturesPerSecond));
      detector.onFrame(frame, pictures.analyze(frame), sink);
    }
    detector.finish(LENGTH_SECONDS * 1_000_000L, sink);
    return sink.metric("sync.offset").stream().map(sample -> sample.value()).toList();
  }

  /**
   * A beep of 80 ms of 1 kHz at the beginning of each period, from its first sample at full level.
   */
  private static double beep(double seconds, double periodSeconds) {
    double since = seconds - periodSeconds * Math.floor(seconds / periodSeconds);
    return since < 0.08 ? 0.3 * Math.cos(2 * Math.PI * 1000 * since) : 0;
  }
}
