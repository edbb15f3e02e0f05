package io.aircheck.detectors.flash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.picture.PictureRun;
import io.aircheck.testkit.TestFrame;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class FlashingDetectorTest {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 108;

  @Test
  void flashes_fiveASecond_areFoundFromTheFirstChange() {
    // Dark and bright for 3 and 2 pictures in turn: a pair of changes every 5 pictures.
    List<Finding> findings =
        run()
            .show(25, i -> grey(40))
            .show(50, i -> grey(i % 5 < 2 ? 200 : 40))
            .show(25, i -> grey(40))
            .finish()
            .closed(Kinds.VIDEO_FLASHING);

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(1_000_000);
              assertThat(finding.endMicros()).isBetween(2_880_000L, 3_200_000L);
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.measurements()).containsEntry("flashesPerSecond", 5.0);
            });
  }

  @Test
  void flashes_twoASecond_arePermitted() {
    assertThat(findings(i -> grey(i % 12 < 6 ? 200 : 40))).isEmpty();
  }

  @Test
  void smallChanges_andChangesOfBrightPictures_areNotFlashes() {
    // Relative luminance 0.18 and 0.24; 0.83 and 1.
    assertThat(findings(i -> grey(i % 4 < 2 ? 123 : 137))).isEmpty();
    assertThat(findings(i -> grey(i % 4 < 2 ? 220 : 235))).isEmpty();
  }

  @Test
  void flashes_ofAQuarterOfThePictureOrLess_arePermitted() {
    assertThat(findings(i -> partly(i, 48))).isEmpty();
    assertThat(findings(i -> partly(i, 56))).hasSize(1);
  }

  @Test
  void redFlashes_ofEqualLuma_areFound() {
    // Saturated red of BT.709 and grey of the same luma: no general flash.
    IntFunction<TestFrame> red =
        i ->
            i % 4 < 2
                ? TestFrame.solid(WIDTH, HEIGHT, 63, 102, 240)
                : TestFrame.solid(WIDTH, HEIGHT, 63, 128, 128);

    assertThat(findings(red))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.measurements())
                    .containsEntry("flashesPerSecond", 0.0)
                    .hasEntrySatisfying(
                        "redFlashesPerSecond", rate -> assertThat(rate).isGreaterThan(5)));
  }

  @Test
  void cuts_twoASecond_areNotFlashing() {
    assertThat(findings(i -> TestFrame.painted(WIDTH, HEIGHT, (x, y) -> (x + i / 12 * 67) % 220)))
        .isEmpty();
  }

  @Test
  void changesOfOtherAreas_inTurn_areNotFlashing() {
    // A bright block of a third of the width moves on by its width every fourth picture, and dark
    // pictures come between: a third rises and falls, then another third. No third does so more
    // than three times a second.
    IntFunction<TestFrame> moving =
        i ->
            TestFrame.painted(WIDTH, HEIGHT, (x, y) -> i % 4 < 2 && x / 64 == i / 4 % 3 ? 200 : 40);

    assertThat(findings(moving)).isEmpty();
  }

  @Test
  void flashes_ofHalvesInOppositePhase_areFound() {
    assertThat(
            findings(
                i ->
                    TestFrame.painted(
                        WIDTH, HEIGHT, (x, y) -> i % 4 < 2 == x < WIDTH / 2 ? 200 : 40)))
        .hasSize(1);
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() {
    IntFunction<TestFrame> flashing = i -> grey(i % 4 < 2 ? 200 : 40);
    PictureRun parts = run();
    for (int i = 0; i < 10; i++) {
      parts.show(5, flashing).handOver();
    }

    assertThat(parts.finish().observations())
        .isEqualTo(run().show(50, flashing).finish().observations());
  }

  private static TestFrame grey(int luma) {
    return TestFrame.grey(WIDTH, HEIGHT, luma);
  }

  private static TestFrame partly(int i, int columns) {
    return TestFrame.painted(WIDTH, HEIGHT, (x, y) -> x < columns && i % 4 < 2 ? 200 : 40);
  }

  private static List<Finding> findings(IntFunction<TestFrame> pictures) {
    return run().show(50, pictures).finish().closed();
  }

  private static PictureRun run() {
    return new PictureRun(new FlashingDetector.Factory());
  }
}
