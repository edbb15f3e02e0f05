package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.detect.ExcusingDetector;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.TestDetector;
import io.aircheck.testkit.TestFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A detector that runs for the sake of another one's findings alone. */
class SilentDetectorTest {
  private static final String KIND = "test.break";
  private static final long PICTURE_MICROS = 40_000;

  /** Finds something in every picture, and excuses everything. */
  private static final class Break extends TestDetector implements ExcusingDetector {
    @Override
    public Optional<Excuse> excuse(Finding finding) {
      return Optional.of(new Excuse(Long.MAX_VALUE, "as planned"));
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      long at = frame.ptsMicros();
      out.metric("", "test.break", at, 1);
      out.suspected(KIND, at);
      out.observe(
          new Observation.Closed(
              new Finding(
                  KIND + "/" + at, KIND, at, at, Severity.ERROR, 1, null, null, Map.of(), "")));
    }
  }

  private final CapturingSink sink = new CapturingSink();

  private void show(boolean silent) {
    DetectorCatalog catalog =
        new DetectorCatalog(List.of(DarkDetector.FACTORY, new Break().configured(KIND).factory()));
    DetectorChoice breaks = new DetectorChoice(KIND, Map.of());
    List<ConfiguredDetector> detectors =
        catalog.configure(
            List.of(
                new DetectorChoice(DarkDetector.KIND, Map.of()),
                silent ? breaks.silently() : breaks));
    DetectorBank bank =
        new DetectorBank(
            detectors, PictureAnalyzers.installed(), SoundAnalyzers.installed(), sink, true);
    for (int i = 0; i < 5; i++) {
      bank.frame(
          TestFrame.grey(64, 64, 0).at(i * PICTURE_MICROS, PICTURE_MICROS), 1, analysis -> {});
    }
    bank.finish(5 * PICTURE_MICROS);
  }

  @Test
  void excusing_silently_excusesAndTellsNothing() {
    show(true);

    assertThat(sink.closed(KIND)).isEmpty();
    assertThat(sink.metric("test.break")).isEmpty();
    assertThat(sink.closed(DarkDetector.KIND)).isNotEmpty().allMatch(Finding::expected);
  }

  @Test
  void excusing_aloud_tellsWhatItFinds() {
    show(false);

    assertThat(sink.closed(KIND)).hasSize(5);
    assertThat(sink.metric("test.break")).hasSize(5);
    assertThat(sink.closed(DarkDetector.KIND)).isNotEmpty().allMatch(Finding::expected);
  }
}
