package io.aircheck.detectors.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BlurDetectorTest {
  private static final BlurDetector.Factory FACTORY = new BlurDetector.Factory();
  private static final int RATE = 25;

  /** Bars 64 samples apart with edges of the given width in samples. */
  private static int bars(int x, double edgeWidth) {
    double phase = Math.floorMod(x, 64) - 32;
    return (int) Math.round(128 + 80 * Math.clamp((16 - Math.abs(phase)) / edgeWidth, -1, 1));
  }

  private static PictureSequence withEdges(IntToDoubleFunction widthOfPicture) {
    return new PictureSequence(
        256, 96, RATE, 150, (picture, x, y) -> bars(x, widthOfPicture.applyAsDouble(picture)));
  }

  @Test
  void detector_allEdgesBecomeSoftAtOnce_isBlur() throws IOException {
    var sink = withEdges(picture -> picture >= 50 && picture < 125 ? 8 : 0.5).runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    Finding finding = sink.closed().getFirst();
    assertThat(finding.kind()).isEqualTo("video.blur");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.startMicros()).isEqualTo(2_000_000L);
    assertThat(finding.endMicros()).isEqualTo(5_000_000L);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void detector_blurSoStrongThatNoContrastIsLeft_isBlur() throws IOException {
    // Stripes as narrow as this are an even grey to a wide blur.
    var sink =
        new PictureSequence(
                256,
                96,
                RATE,
                150,
                (picture, x, y) ->
                    (x < 128 ? 70 : 110) + (picture >= 38 ? 25 : Math.floorMod(x, 6) < 3 ? 0 : 50))
            .runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.closed().getFirst().startMicros()).isEqualTo(1_520_000L);
  }

  @Test
  void detector_blurDuringAPan_isBlur() throws IOException {
    // Six samples a picture: levels change by a third of their spread in two pictures, not in one.
    var sink =
        new PictureSequence(
                512,
                96,
                RATE,
                150,
                (picture, x, y) -> {
                  int at = x + 6 * picture;
                  double light = 55 * Math.sin(at * 2 * Math.PI / 256);
                  double edge = picture >= 50 ? 8 : 0.5;
                  return (int) Math.round(128 + light + (bars(at, edge) - 128) / 2.0);
                })
            .runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.closed().getFirst().startMicros()).isEqualTo(2_000_000L);
  }

  @Test
  void detector_captionsThatGoAway_isNothing() throws IOException {
    var sink =
        new PictureSequence(
                256,
                96,
                RATE,
                150,
                (picture, x, y) ->
                    40 + x / 16 + (picture < 50 && Math.floorMod(x, 16) < 4 ? 180 : 0))
            .runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void detector_focusPulledSlowly_isNothing() throws IOException {
    var sink = withEdges(picture -> 0.5 + Math.min(8, picture / 10.0)).runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void detector_softFromTheBeginning_isNothing() throws IOException {
    assertThat(withEdges(picture -> 8).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_cutToSoftShotOfOtherContent_isNothing() throws IOException {
    var sink =
        new PictureSequence(
                256,
                96,
                RATE,
                150,
                (picture, x, y) ->
                    picture < 50 ? bars(x, 0.5) : 255 - bars(x + 11, 8) / (1 + x / 90))
            .runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void detector_flatPictures_isNothing() throws IOException {
    var sink = new PictureSequence(256, 96, RATE, 75, (picture, x, y) -> 16).runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
    assertThat(sink.metric("video.fineness")).allMatch(sample -> sample.value() == 0);
  }

  @Test
  void detector_onlyHalfOfThePictureBecomesSoft_isNothing() throws IOException {
    var sink =
        new PictureSequence(
                512, 96, RATE, 150, (picture, x, y) -> bars(x, picture >= 50 && x < 256 ? 8 : 0.5))
            .runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void restore_inTheMiddleOfBlur_changesNothing() throws IOException {
    var sequence = withEdges(picture -> picture >= 50 && picture < 125 ? 8 : 0.5);

    assertThat(sequence.runThrough(FACTORY, 51).observations())
        .isEqualTo(sequence.runThrough(FACTORY).observations());
  }
}
