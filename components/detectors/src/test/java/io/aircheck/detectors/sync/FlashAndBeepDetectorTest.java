package io.aircheck.detectors.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalyzer;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzer;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import io.aircheck.testkit.TestSound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlashAndBeepDetectorTest {
  private static final FlashAndBeepFactory FACTORY = new FlashAndBeepFactory();
  private static final MediaInfo INFO =
      new MediaInfo(
          "memory:test",
          "test",
          OptionalLong.empty(),
          false,
          Optional.empty(),
          List.of(
              Track.video("video:0", "test", 96, 54, 25),
              Track.audio("audio:0", "test", 48_000, ChannelLayout.MONO)));

  @ParameterizedTest
  @CsvSource({"80,WARNING", "200,ERROR", "-60,WARNING", "-120,ERROR"})
  void shiftedBeep_isMeasuredToTheMillisecond(double shift, Severity severity) throws IOException {
    List<Finding> findings = run(shift, 0.0, false).closed();

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().kind()).isEqualTo("sync.offset");
    assertThat(findings.getFirst().severity()).isEqualTo(severity);
    assertThat(findings.getFirst().measurements().get("offsetMillis"))
        .isCloseTo(shift, within(1.0));
  }

  @Test
  void beepWithinTheTolerance_isAMetricOnly() throws IOException {
    CapturingSink sink = run(20, 0.0, false);

    assertThat(sink.observations()).isEmpty();
    assertThat(sink.metric("sync.offset")).isNotEmpty();
    assertThat(sink.metric("sync.offset"))
        .allSatisfy(sample -> assertThat(sample.value()).isCloseTo(20, within(1.0)));
  }

  @Test
  void soundBetweenTheBeeps_isNoTestSignal() throws IOException {
    CapturingSink sink = run(200, 0.1, false);

    assertThat(sink.observations()).isEmpty();
    assertThat(sink.metric("sync.offset")).isEmpty();
  }

  @Test
  void snapshotInTheMiddle_changesNothing() throws IOException {
    assertThat(run(150, 0, true).observations())
        .usingRecursiveComparison()
        .isEqualTo(run(150, 0, false).observations());
  }

  /** Ten seconds, a flash and a beep of 80 ms every 1.5 s. */
  private static CapturingSink run(double lateMillis, double background, boolean restoring)
      throws IOException {
    CapturingSink sink = new CapturingSink();
    Detector detector = created();
    detector.configure(INFO, 0, sink);
    PictureAnalyzer pictures = PictureAnalyzers.installed().create();
    SoundAnalyzer sounds = SoundAnalyzers.installed().create();
    for (int i = 0; i < 250; i++) {
      long pts = i * 40_000L;
      boolean flash = (i + 20) % 37 < 2;
      TestFrame frame = TestFrame.grey(96, 54, flash ? 200 : 40).at(pts, 40_000);
      detector.onFrame(frame, pictures.analyze(frame), sink);
      TestSound sound =
          TestSound.generated(
              pts,
              48_000,
              ChannelLayout.MONO,
              1920,
              (channel, seconds) -> level(seconds - lateMillis / 1000, background));
      Detector current = detector;
      sounds.analyze(sound, block -> current.onSound(block, sink));
      if (restoring && i == 130) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        detector.snapshot(new DataOutputStream(bytes));
        detector = created();
        detector.configure(INFO, 0, new CapturingSink());
        detector.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      }
    }
    detector.finish(10_000_000, sink);
    return sink;
  }

  /** A tone that begins with the flash at full level: a cosine. */
  private static double level(double seconds, double background) {
    long sample = Math.round(seconds * 48_000) + 20 * 1920;
    long since = Math.floorMod(sample, 37L * 1920);
    double wave = Math.cos(2 * Math.PI * 1000 * since / 48_000.0);
    return since < 2 * 1920 ? 0.3 * wave : background * wave;
  }

  private static Detector created() {
    return FACTORY.create(Options.of(FACTORY.kind(), FACTORY.options(), Map.of()));
  }
}
