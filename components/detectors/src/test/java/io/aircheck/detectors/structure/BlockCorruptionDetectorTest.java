package io.aircheck.detectors.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BlockCorruptionDetectorTest {
  private static final BlockCorruptionDetector.Factory FACTORY =
      new BlockCorruptionDetector.Factory();
  private static final int RATE = 25;

  /** A smooth scene in which some blocks of the grid are brighter from a picture to another. */
  private static PictureSequence blocksFrom(int from, int to, int offset) {
    return new PictureSequence(
        256,
        192,
        RATE,
        125,
        (picture, x, y) -> {
          int scene = 60 + x / 8 + y / 8;
          boolean odd = ((x + offset) / 16 * 7 + (y + offset) / 16 * 5) % 4 == 0;
          return picture >= from && picture < to && odd ? scene + 40 : scene;
        });
  }

  @Test
  void detector_blocksThatAppearOnTheGrid_isAWarning() throws IOException {
    var sink = blocksFrom(60, 85, 0).runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    Finding finding = sink.closed().getFirst();
    assertThat(finding.kind()).isEqualTo("video.block_corruption");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.startMicros()).isBetween(2_400_000L, 2_900_000L);
    assertThat(finding.endMicros()).isBetween(3_300_000L, 4_400_000L);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void detector_blocksThatAreThereFromTheBeginning_isNothing() throws IOException {
    assertThat(blocksFrom(0, 125, 0).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_blocksThatAppearOffTheGrid_isNothing() throws IOException {
    assertThat(blocksFrom(60, 85, 4).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_blocksOfTheTransformGrid_isNothing() throws IOException {
    assertThat(blocksFrom(60, 85, 8).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_blocksInTheFirstTwoSeconds_isNothing() throws IOException {
    assertThat(blocksFrom(10, 35, 0).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_cleanTextureThatMoves_isNothing() throws IOException {
    var texture =
        new PictureSequence(
            256,
            192,
            RATE,
            125,
            (picture, x, y) -> 90 + (((x + 3 * picture) * 73 ^ y * 151) * 2_654_435 >>> 8) % 80);

    assertThat(texture.runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_pictureToldToBeConcealed_isCertainUntilTheDamageHasGone() throws IOException {
    var sink =
        blocksFrom(0, 0, 0)
            .with(frame -> frame.damaged(false, frame.ptsMicros() == 1_000_000))
            .runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    Finding finding = sink.closed().getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.confidence()).isGreaterThan(0.95);
    assertThat(finding.startMicros()).isEqualTo(1_000_000L);
    assertThat(finding.endMicros()).isEqualTo(3_520_000L);
  }

  @Test
  void restore_inTheMiddleOfDamage_changesNothing() throws IOException {
    var sequence = blocksFrom(60, 85, 0);

    assertThat(sequence.runThrough(FACTORY, 70).observations())
        .isEqualTo(sequence.runThrough(FACTORY).observations());
  }
}
