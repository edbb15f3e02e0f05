package io.aircheck.detectors.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StutterDetectorTest {
  private static final StutterDetector.Factory FACTORY = new StutterDetector.Factory();
  private static final int RATE = 25;

  /** A bar that moves two samples per moment; which moment a picture shows is the test. */
  private static PictureSequence showing(IntUnaryOperator momentOfPicture) {
    return new PictureSequence(
        256,
        96,
        RATE,
        150,
        (picture, x, y) ->
            Math.floorMod(x - 2 * momentOfPicture.applyAsInt(picture), 128) < 24 ? 200 : 80);
  }

  private static boolean defective(int picture) {
    return picture >= 50 && picture < 100;
  }

  @Test
  void detector_picturesHeldFiveTimesWithinSmoothMotion_isStutter() throws IOException {
    var sink =
        showing(picture -> defective(picture) ? picture / 5 * 5 : picture).runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    Finding finding = sink.closed().getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.startMicros()).isEqualTo(2_000_000L);
    assertThat(finding.endMicros()).isEqualTo(4_000_000L);
    assertThat(finding.measurements().get("meanHoldSeconds")).isCloseTo(0.2, within(1e-9));
    assertThat(finding.measurements().get("lateCount")).isEqualTo(10);
  }

  @Test
  void detector_everyThirdPictureReplacedByTheOneBefore_isStutter() throws IOException {
    var sink =
        showing(picture -> defective(picture) && picture % 3 == 0 ? picture - 1 : picture)
            .runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.closed().getFirst().startMicros()).isBetween(1_900_000L, 2_200_000L);
    assertThat(sink.closed().getFirst().endMicros()).isBetween(3_900_000L, 4_100_000L);
  }

  @Test
  void detector_everyFourthPictureRepeatedWithoutJump_isStutter() throws IOException {
    // The scene waits for the repetition, but scenes do not pause for one picture in four.
    var sink =
        showing(picture -> picture - (Math.clamp(picture - 50, 0, 50) + 3) / 4).runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.closed().getFirst().startMicros()).isBetween(1_900_000L, 2_200_000L);
    assertThat(sink.closed().getFirst().endMicros()).isBetween(3_800_000L, 4_100_000L);
  }

  @Test
  void detector_rateConversionOfOnePictureInTwelve_isNothing() throws IOException {
    assertThat(
            showing(picture -> picture - Math.clamp(picture - 50, 0, 100) / 12)
                .runThrough(FACTORY)
                .observations())
        .isEmpty();
  }

  /**
   * A programme of two shots at 25 pictures a second made from 24 by way of 30: every fifth picture
   * repeats, the next one makes up for it. Noise hides the repetitions in the first second of the
   * second shot.
   */
  private static PictureSequence converted(int count, IntUnaryOperator momentOfPicture) {
    return new PictureSequence(
        256,
        96,
        RATE,
        count,
        (picture, x, y) -> {
          boolean hidden = picture >= 200 && picture < 225;
          int moment = 2 * momentOfPicture.applyAsInt(picture);
          int hiding = hidden && picture % 5 == 0 ? 1 : 0;
          int shot = picture < 200 ? 80 : 160;
          return Math.floorMod(x - moment - hiding, 128) < 24 ? 280 - shot : shot;
        });
  }

  private static int oneInFiveRepeated(int picture) {
    return picture % 5 == 0 ? picture - 1 : picture;
  }

  @Test
  void detector_repetitionsOfAConvertedProgrammeHiddenAfterACut_isNothing() throws IOException {
    assertThat(
            converted(350, StutterDetectorTest::oneInFiveRepeated)
                .runThrough(FACTORY)
                .observations())
        .isEmpty();
  }

  @Test
  void detector_repetitionsThatBeginInTheSecondShot_isStutter() throws IOException {
    assertThat(
            converted(350, picture -> picture < 225 ? picture : oneInFiveRepeated(picture))
                .runThrough(FACTORY)
                .closed())
        .hasSize(1);
  }

  @Test
  void detector_picturesHeldInAConvertedProgramme_isStutter() throws IOException {
    var sink =
        converted(
                200,
                picture ->
                    picture >= 125 && picture < 175 ? picture / 5 * 5 : oneInFiveRepeated(picture))
            .runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.closed().getFirst().startMicros()).isBetween(4_900_000L, 5_300_000L);
  }

  @Test
  void detector_groupsOfRepetitionsThatComeAgainEverySecond_isNothing() throws IOException {
    // 24 pictures a second at 25, by way of 30: smooth half of every second.
    assertThat(
            showing(
                    picture ->
                        switch (picture % RATE) {
                          case 1, 5, 18, 22 -> picture - 1;
                          default -> picture;
                        })
                .runThrough(FACTORY)
                .observations())
        .isEmpty();
  }

  @Test
  void restore_inAConvertedProgramme_changesNothing() throws IOException {
    var sequence = converted(350, StutterDetectorTest::oneInFiveRepeated);

    assertThat(sequence.runThrough(FACTORY, 210).observations())
        .isEqualTo(sequence.runThrough(FACTORY).observations());
  }

  @Test
  void restore_inTheMiddleOfARhythm_changesNothing() throws IOException {
    var sequence = showing(picture -> picture - (Math.clamp(picture - 50, 0, 50) + 3) / 4);

    assertThat(sequence.runThrough(FACTORY, 60).observations())
        .isEqualTo(sequence.runThrough(FACTORY).observations());
  }

  @Test
  void detector_smoothMotion_isNothing() throws IOException {
    assertThat(showing(picture -> picture).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_animationOnTwos_isNothing() throws IOException {
    assertThat(showing(picture -> picture / 2 * 2).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_pulldownOfFourPicturesToFive_isNothing() throws IOException {
    assertThat(showing(picture -> picture * 4 / 5).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_animationOnTwosAfterSmoothMotionAndBlack_isNothing() throws IOException {
    // A fade to black and out of it again has no cut: black parts the shots.
    var sink =
        new PictureSequence(
                256,
                96,
                RATE,
                150,
                (picture, x, y) -> {
                  if (picture >= 50 && picture < 54) {
                    return 16;
                  }
                  int moment = picture < 50 ? picture : picture / 2 * 2;
                  return Math.floorMod(x - 2 * moment, 128) < 24 ? 60 : 30;
                })
            .runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void detector_sceneThatPausesAndGoesOnAsBefore_isNothing() throws IOException {
    // Holds of five pictures after which the motion is no larger than usual: the scene waited.
    var sink =
        showing(
                picture -> {
                  int inside = Math.clamp(picture - 50, 0, 50);
                  return picture - inside / 10 * 4 - Math.min(4, inside % 10);
                })
            .runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void detector_shakyMotionThatRestsWhereItTurns_isNothing() throws IOException {
    // The step after each rest is larger than usual, but only on the way to still larger ones.
    int[] steps = {4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 3, 5};
    var sink =
        showing(
                picture -> {
                  int moment = 0;
                  for (int i = 0; i < picture; i++) {
                    moment += steps[i % steps.length];
                  }
                  return moment;
                })
            .runThrough(FACTORY);

    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void detector_fewHoldsInTwoSeconds_isNoError() throws IOException {
    var sink =
        showing(picture -> defective(picture) && picture % 15 == 0 ? picture - 1 : picture)
            .runThrough(FACTORY);

    assertThat(sink.closed()).extracting(Finding::severity).doesNotContain(Severity.ERROR);
  }

  @Test
  void detector_stillPictures_isNothing() throws IOException {
    assertThat(showing(picture -> 0).runThrough(FACTORY).observations()).isEmpty();
  }

  @Test
  void detector_stutterThatLastsToTheEnd_isClosedByFinish() throws IOException {
    var sink = showing(picture -> picture >= 50 ? picture / 5 * 5 : picture).runThrough(FACTORY);

    assertThat(sink.closed()).hasSize(1);
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void restore_inTheMiddleOfStutter_changesNothing() throws IOException {
    var sequence = showing(picture -> defective(picture) ? picture / 5 * 5 : picture);

    assertThat(sequence.runThrough(FACTORY, 72).observations())
        .isEqualTo(sequence.runThrough(FACTORY).observations());
  }
}
