package io.aircheck.detectors.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class InterlacingDetectorTest {
  private static final InterlacingDetector.Factory FACTORY = new InterlacingDetector.Factory();
  private static final int RATE = 25;

  /** Soft bars, 32 samples apart, that move 6 samples per moment. */
  private static int bars(int moment, int x) {
    return (int) Math.round(128 + 80 * Math.sin(2 * Math.PI * (x - 6 * moment) / 32.0));
  }

  private static PictureSequence combedFrom(int from, int to) {
    return new PictureSequence(
        128,
        96,
        RATE,
        100,
        (picture, x, y) ->
            bars(y % 2 == 1 && picture >= from && picture < to ? picture - 1 : picture, x));
  }

  @Test
  void detector_oddLinesOfTheMomentBefore_isCombing() throws IOException {
    var sink = combedFrom(25, 75).runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    Finding finding = sink.closed().getFirst();
    assertThat(finding.kind()).isEqualTo("video.interlacing");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.startMicros()).isBetween(1_000_000L, 1_200_000L);
    assertThat(finding.endMicros()).isBetween(3_000_000L, 3_300_000L);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void detector_fieldsHalfAPictureApart_isCombing() throws IOException {
    var sink =
        new PictureSequence(128, 96, RATE, 50, (picture, x, y) -> bars(2 * picture + y % 2, x))
            .runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
  }

  @Test
  void detector_fieldsOfFlaggedPictures_isANote() throws IOException {
    var sink = combedFrom(25, 75).with(frame -> frame.interlaced(true)).runThrough(FACTORY);

    assertThat(sink.closed()).extracting(Finding::severity).containsExactly(Severity.INFO);
  }

  @Test
  void detector_progressiveMotion_isNothing() throws IOException {
    assertThat(combedFrom(0, 0).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_stillTextureOfSingleLines_isNothing() throws IOException {
    var sink =
        new PictureSequence(128, 96, RATE, 50, (picture, x, y) -> y % 2 == 0 ? 60 : 180)
            .runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void detector_textureOfSingleLinesThatMovesSideways_isNothing() throws IOException {
    var sink =
        new PictureSequence(
                128, 96, RATE, 50, (picture, x, y) -> bars(picture, x) / 2 + (y % 2 == 0 ? 20 : 80))
            .runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void detector_combingThatLastsToTheEnd_isClosedByFinish() throws IOException {
    var sink = combedFrom(25, 100).runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void restore_inTheMiddleOfCombing_changesNothing() throws IOException {
    var sequence = combedFrom(25, 75);

    assertThat(sequence.runThrough(FACTORY, 40).observations())
        .isEqualTo(sequence.runThrough(FACTORY).observations());
  }
}
