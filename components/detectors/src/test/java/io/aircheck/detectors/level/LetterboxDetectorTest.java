package io.aircheck.detectors.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.picture.PictureRun;
import io.aircheck.testkit.TestFrame;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterboxDetectorTest {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 108;

  @Test
  void barsThatAppearForAWhile_areFoundWithTimesAndSize() {
    List<Finding> findings =
        run()
            .show(50, i -> boxed(0, 0))
            .show(50, i -> boxed(14, 0))
            .show(25, i -> boxed(0, 0))
            .finish()
            .closed(Kinds.VIDEO_LETTERBOX);

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(2_000_000);
              assertThat(finding.endMicros()).isEqualTo(4_000_000);
              // Three of 27 rows are black all through.
              assertThat(finding.measurements()).containsEntry("barHeightPercent", 100.0 * 3 / 27);
            });
  }

  @Test
  void pillarboxThatVanishes_isFound() {
    assertThat(run().show(50, i -> boxed(0, 24)).show(50, i -> boxed(0, 0)).finish().closed())
        .hasSize(1);
  }

  @Test
  void letterboxFromTheStart_isNormal() {
    assertThat(run().show(100, i -> boxed(14, 0)).finish().closed()).isEmpty();
  }

  @Test
  void fadeAndDarkPictures_changeNothing() {
    assertThat(
            run()
                .show(50, i -> boxed(0, 0))
                .show(50, i -> TestFrame.grey(WIDTH, HEIGHT, 16))
                .show(
                    50,
                    // A bright spot in the middle of a black picture: not bars.
                    i ->
                        TestFrame.painted(
                            WIDTH, HEIGHT, (x, y) -> Math.hypot(x - 96, y - 54) < 30 ? 180 : 16))
                .finish()
                .closed())
        .isEmpty();
  }

  @Test
  void newGeometryThatStays_becomesNormal() {
    PictureRun run =
        new PictureRun(new LetterboxDetector.Factory(), Map.of("acceptAfterSeconds", 3.0));
    run.show(50, i -> boxed(0, 0)).show(150, i -> boxed(14, 0));

    assertThat(run.sink().closed())
        .singleElement()
        .extracting(Finding::durationMicros)
        .isEqualTo(3_000_000L);
    assertThat(run.finish().closed()).hasSize(1);
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() {
    PictureRun parts = run().show(30, i -> boxed(0, 0)).handOver();
    for (int i = 0; i < 5; i++) {
      parts.show(10, frame -> boxed(14, 0)).handOver();
    }

    assertThat(parts.finish().observations())
        .isEqualTo(
            run().show(30, i -> boxed(0, 0)).show(50, i -> boxed(14, 0)).finish().observations());
  }

  @Test
  void contentSqueezedByAScaler_isFound() {
    List<Finding> findings =
        run()
            .show(50, i -> scene(192, 108))
            .show(50, i -> scene(192, 80))
            .show(25, i -> scene(192, 108))
            .finish()
            .closed();

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(2_000_000);
              assertThat(finding.endMicros()).isEqualTo(4_000_000);
              assertThat(finding.measurements().get("correlation")).isGreaterThan(0.97);
            });
    assertThat(run().show(50, i -> scene(192, 108)).show(50, i -> scene(140, 80)).finish().closed())
        .hasSize(1);
  }

  @Test
  void otherContentWithOtherBars_atACut_becomesNormal() {
    assertThat(
            run()
                .show(50, i -> scene(192, 108))
                .show(50, i -> boxed(0, 24))
                .show(50, i -> mirrored(14))
                .show(50, i -> scene(192, 108))
                .finish()
                .closed())
        .isEmpty();
  }

  @Test
  void dissolveToOtherBars_becomesNormal() {
    assertThat(
            run()
                .show(50, i -> scene(192, 108))
                .show(
                    25,
                    i ->
                        TestFrame.painted(
                            WIDTH,
                            HEIGHT,
                            (x, y) -> {
                              int from = luma(x, y, 192, 108);
                              int to = boxedLuma(x, y, 0, 24);
                              return from + (to - from) * (i - 49) / 26;
                            }))
                .show(50, i -> boxed(0, 24))
                .finish()
                .closed())
        .isEmpty();
  }

  @Test
  void barsOverContentWithADarkSide_areFound() {
    assertThat(run().show(50, i -> halfDark(0)).show(50, i -> halfDark(14)).finish().closed())
        .hasSize(1);
  }

  @Test
  void barsWithALineOfContentAtTheBorder_areFound() {
    assertThat(
            run()
                .show(50, i -> boxed(0, 0))
                .show(
                    50,
                    i ->
                        TestFrame.painted(
                            WIDTH, HEIGHT, (x, y) -> y == HEIGHT - 1 ? 76 : boxedLuma(x, y, 14, 0)))
                .finish()
                .closed())
        .hasSize(1);
  }

  @Test
  void lightThatGoesOutAroundASpot_isNoChangeOfBars() {
    assertThat(run().show(50, i -> spot(40)).show(50, i -> spot(0)).finish().closed()).isEmpty();
  }

  @Test
  void barsThatVanishFromContentTooDarkToBeKnown_areFound() {
    assertThat(run().show(50, i -> striped(14)).show(50, i -> striped(0)).finish().closed())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(2_000_000);
              assertThat(finding.measurements())
                  .containsEntry("normalBarHeightPercent", 100.0 * 3 / 27)
                  .containsEntry("barHeightPercent", 0.0);
            });
  }

  @Test
  void barsOnlyForAMomentOverDarkContent_areNotNormal() {
    assertThat(
            run()
                .show(40, i -> striped(0))
                .show(10, i -> TestFrame.grey(WIDTH, HEIGHT, 16))
                .show(10, i -> striped(14))
                .show(50, i -> striped(0))
                .finish()
                .closed())
        .isEmpty();
  }

  @Test
  void contentWithPillarsOfItsOwn_afterACut_doesNotEndASqueeze() {
    List<Finding> findings =
        run()
            .show(50, i -> boxed(0, 0))
            .show(15, i -> boxed(14, 0))
            .show(
                35,
                i ->
                    TestFrame.painted(
                        WIDTH, HEIGHT, (x, y) -> boxedLuma(WIDTH - 1 - x, HEIGHT - 1 - y, 14, 24)))
            .show(25, i -> boxed(0, 24))
            .finish()
            .closed();

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(2_000_000);
              assertThat(finding.endMicros()).isEqualTo(4_000_000);
            });
  }

  /** Content of which every other stripe is black, and bars over it. */
  private static TestFrame striped(int rows) {
    return TestFrame.painted(
        WIDTH, HEIGHT, (x, y) -> x / 16 % 2 == 1 ? 16 : boxedLuma(x, y, rows, 0));
  }

  /** Content of which the left half is black, and bars over it. */
  private static TestFrame halfDark(int rows) {
    return TestFrame.painted(
        WIDTH, HEIGHT, (x, y) -> x < WIDTH / 2 ? 16 : boxedLuma(x, y, rows, 0));
  }

  /** A bright spot in a room that is this bright above black. */
  private static TestFrame spot(int room) {
    return TestFrame.painted(
        WIDTH, HEIGHT, (x, y) -> Math.hypot(x - 96, y - 54) < 30 ? 180 : 16 + room);
  }

  /** Waves of light, scaled to an area in the middle. */
  private static TestFrame scene(int width, int height) {
    return TestFrame.painted(WIDTH, HEIGHT, (x, y) -> luma(x, y, width, height));
  }

  private static int luma(int x, int y, int width, int height) {
    double across = (x + 0.5 - (WIDTH - width) / 2.0) / width;
    double down = (y + 0.5 - (HEIGHT - height) / 2.0) / height;
    if (across < 0 || across > 1 || down < 0 || down > 1) {
      return 16;
    }
    return (int) Math.round(120 + 30 * Math.sin(9 * across) + 30 * Math.cos(14 * down));
  }

  private static TestFrame boxed(int rows, int columns) {
    return TestFrame.painted(WIDTH, HEIGHT, (x, y) -> boxedLuma(x, y, rows, columns));
  }

  private static TestFrame mirrored(int rows) {
    return TestFrame.painted(
        WIDTH, HEIGHT, (x, y) -> boxedLuma(WIDTH - 1 - x, HEIGHT - 1 - y, rows, 0));
  }

  private static int boxedLuma(int x, int y, int rows, int columns) {
    return y < rows || y >= HEIGHT - rows || x < columns || x >= WIDTH - columns
        ? 16
        : 60 + (x + y) / 3;
  }

  private static PictureRun run() {
    return new PictureRun(new LetterboxDetector.Factory());
  }
}
