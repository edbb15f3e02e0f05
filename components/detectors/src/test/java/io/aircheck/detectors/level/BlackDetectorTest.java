package io.aircheck.detectors.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.picture.PictureRun;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class BlackDetectorTest {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 108;

  @Test
  void black_betweenPictures_isFoundWithItsExactTimes() {
    CapturingSink sink =
        run().show(25, i -> scene()).show(50, i -> grey(16)).show(25, i -> scene()).finish();

    assertThat(sink.closed(Kinds.VIDEO_BLACK))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(1_000_000);
              assertThat(finding.endMicros()).isEqualTo(3_000_000);
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.measurements()).containsEntry("lumaMean", 16.0);
            });
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void black_thatLasts_becomesAnError() {
    CapturingSink sink = run().show(125, i -> grey(16)).finish();

    assertThat(sink.closed()).extracting(Finding::severity).containsExactly(Severity.ERROR);
  }

  @Test
  void black_ofHalfASecondBetweenFades_isNotFound() {
    assertThat(findings(25, i -> scene(), 12, i -> grey(16))).isEmpty();
  }

  @Test
  void black_ofFullRange_isFoundWhetherFlaggedOrNot() {
    assertThat(findings(25, i -> grey(0))).hasSize(1);
    assertThat(findings(25, i -> grey(0).range(ColorRange.FULL))).hasSize(1);
    assertThat(findings(25, i -> grey(16).range(ColorRange.FULL))).hasSize(1);
  }

  @Test
  void nearBlackNoise_isFound() {
    Random random = new Random(1);
    TestFrame noisy =
        TestFrame.painted(480, 270, (x, y) -> (int) Math.round(24 + 4 * random.nextGaussian()));

    assertThat(findings(25, i -> noisy)).hasSize(1);
  }

  @Test
  void darkScene_isNotFound() {
    // Everything below 7 % of white, but neighbouring parts differ by 3 code values.
    assertThat(findings(50, i -> TestFrame.painted(WIDTH, HEIGHT, (x, y) -> 20 + x / 8 % 4 * 3)))
        .isEmpty();
  }

  @Test
  void letterboxedBlack_isFound_letterboxedSceneIsNot() {
    assertThat(findings(25, i -> letterboxed(24))).hasSize(1);
    assertThat(findings(25, i -> letterboxed(90))).isEmpty();
  }

  @Test
  void logoInACorner_isTolerated_textInTheMiddleIsNot() {
    assertThat(findings(25, i -> rectangle(180, 4, 8, 8))).hasSize(1);
    assertThat(findings(25, i -> rectangle(80, 50, 24, 8))).isEmpty();
    assertThat(
            new PictureRun(
                    new BlackDetector.Factory(), Map.of("maxBrightShare", 0.1, "maxTextShare", 0.1))
                .show(25, i -> rectangle(80, 50, 24, 8))
                .finish()
                .closed())
        .hasSize(1);
  }

  @Test
  void tinyText_isNotBlack_butStraySamplesAre() {
    // Two samples high: no cell gets brighter than black, some hundred samples are white.
    assertThat(findings(25, i -> rectangle(80, 50, 24, 2))).isEmpty();
    assertThat(findings(25, i -> rectangle(80, 50, 1, 1))).hasSize(1);
  }

  @Test
  void darkBlue_isNotBlack() {
    assertThat(findings(25, i -> TestFrame.solid(WIDTH, HEIGHT, 20, 160, 120))).isEmpty();
  }

  @Test
  void discontinuity_closesTheFinding() {
    PictureRun run = run().show(25, i -> grey(16));
    MediaEvent jump =
        new MediaEvent.Discontinuity(
            null, 1_000_000, 5_000_000, MediaEvent.Discontinuity.Cause.TIMESTAMP_JUMP);
    run.detector().onEvent(jump, run.sink());

    assertThat(run.sink().open()).isEmpty();
    assertThat(run.sink().closed()).hasSize(1);
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() {
    CapturingSink whole = run().show(60, i -> grey(16)).show(10, i -> scene()).finish();
    PictureRun parts = run();
    for (int i = 0; i < 12; i++) {
      parts.show(5, frame -> grey(16)).handOver();
    }

    assertThat(parts.show(10, i -> scene()).finish().observations())
        .isEqualTo(whole.observations());
  }

  private static List<Finding> findings(int count, IntFunction<TestFrame> pictures) {
    return run().show(count, pictures).finish().closed();
  }

  private static List<Finding> findings(
      int before, IntFunction<TestFrame> pictures, int count, IntFunction<TestFrame> more) {
    return run().show(before, pictures).show(count, more).show(before, pictures).finish().closed();
  }

  private static PictureRun run() {
    return new PictureRun(new BlackDetector.Factory());
  }

  private static TestFrame grey(int luma) {
    return TestFrame.grey(WIDTH, HEIGHT, luma);
  }

  private static TestFrame scene() {
    return TestFrame.painted(WIDTH, HEIGHT, (x, y) -> 40 + (x + y) / 2);
  }

  private static TestFrame letterboxed(int content) {
    return TestFrame.painted(WIDTH, HEIGHT, (x, y) -> y < 16 || y >= 92 ? 16 : content);
  }

  private static TestFrame rectangle(int left, int top, int width, int height) {
    return TestFrame.painted(
        WIDTH,
        HEIGHT,
        (x, y) -> x >= left && x < left + width && y >= top && y < top + height ? 200 : 16);
  }
}
