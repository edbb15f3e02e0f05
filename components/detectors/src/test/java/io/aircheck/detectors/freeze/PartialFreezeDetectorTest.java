package io.aircheck.detectors.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.picture.PictureRun;
import io.aircheck.testkit.TestFrame;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class PartialFreezeDetectorTest {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 108;

  @Test
  void stoppedProgramme_underARunningClock_isFoundFromItsFirstPicture() {
    assertThat(findings(25, i -> clock(i, programme(i)), 100, i -> clock(i, programme(25))))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(1_000_000);
              assertThat(finding.endMicros()).isEqualTo(5_000_000);
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.measurements().get("movedPercentBefore")).isGreaterThan(90);
            });
  }

  @Test
  void stoppedProgramme_withoutAMovingPart_isAFreezeInstead() {
    assertThat(findings(25, PartialFreezeDetectorTest::still, 75, i -> still(25))).isEmpty();
  }

  @Test
  void movingProgramme_underARunningClock_isNotFound() {
    assertThat(findings(50, i -> clock(i, programme(i)), 50, i -> clock(i, programme(i))))
        .isEmpty();
  }

  @Test
  void headInFrontOfAStillWall_isNotFound() {
    IntFunction<TestFrame> talking = i -> picture((x, y) -> head(x, y, i) ? 180 : 60 + x / 4);

    assertThat(findings(50, talking, 75, talking)).isEmpty();
  }

  @Test
  void cutToAStillWallWithAHead_isNotFound() {
    assertThat(
            findings(
                25,
                PartialFreezeDetectorTest::still,
                100,
                i -> picture((x, y) -> head(x, y, i) ? 20 : 235 - x)))
        .isEmpty();
  }

  @Test
  void briefStop_isNotFound() {
    assertThat(findings(25, i -> clock(i, programme(i)), 70, i -> clock(i, programme(25))))
        .isEmpty();
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() {
    PictureRun whole = run().show(25, i -> clock(i, programme(i)));
    whole.show(80, i -> clock(i, programme(25)));
    PictureRun parts = run().show(25, i -> clock(i, programme(i))).handOver();
    for (int i = 0; i < 20; i++) {
      parts.show(4, frame -> clock(frame, programme(25))).handOver();
    }

    assertThat(parts.finish().observations()).isNotEmpty().isEqualTo(whole.finish().observations());
  }

  private static boolean head(int x, int y, int i) {
    int top = 40 + Math.abs(i % 10 - 5);
    return x >= 90 && x < 106 && y >= top && y < top + 16;
  }

  /** A programme in which every cell moves. */
  private static TestFrame.Painter programme(int i) {
    return (x, y) -> 40 + (x + y + 5 * i) % 163;
  }

  private static TestFrame still(int i) {
    return picture(programme(i));
  }

  /** Eight cells of a clock that changes with every picture, over a programme. */
  private static TestFrame clock(int i, TestFrame.Painter programme) {
    return picture(
        (x, y) ->
            x >= 170 && x < 186 && y >= 4 && y < 12
                ? (x / 2 * 37 + i * 91) % 200
                : programme.at(x, y));
  }

  private static TestFrame picture(TestFrame.Painter painter) {
    return TestFrame.painted(WIDTH, HEIGHT, painter);
  }

  private static List<Finding> findings(
      int first, IntFunction<TestFrame> before, int second, IntFunction<TestFrame> after) {
    return run().show(first, before).show(second, after).finish().closed();
  }

  private static PictureRun run() {
    return new PictureRun(new PartialFreezeDetector.Factory());
  }
}
