package io.aircheck.detectors.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.picture.PictureRun;
import io.aircheck.testkit.TestFrame;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ColorBarsDetectorTest {
  /** Y, Cb, Cr of the 75 % bars of ITU-R BT.801 (BT.601), white to black. */
  private static final int[][] BARS_75 = {
    {180, 128, 128}, {162, 44, 142}, {131, 156, 44}, {112, 72, 58},
    {84, 184, 198}, {65, 100, 212}, {35, 212, 114}, {16, 128, 128}
  };

  /** The 100 % bars in BT.709. */
  private static final int[][] BARS_100 = {
    {235, 128, 128}, {219, 16, 138}, {188, 154, 16}, {173, 42, 26},
    {78, 214, 230}, {63, 102, 240}, {32, 240, 118}, {16, 128, 128}
  };

  @ParameterizedTest
  @ValueSource(ints = {192, 480, 640, 1280, 1000})
  void barsOfEbuAndSmpte_areFoundInAnySize(int width) {
    assertThat(findings(i -> bars(BARS_75, 8, width, 1.0))).hasSize(1);
    assertThat(findings(i -> bars(BARS_100, 8, width, 1.0))).hasSize(1);
    assertThat(findings(i -> bars(BARS_75, 7, width, 0.67)))
        .extracting(Finding::kind)
        .containsExactly(Kinds.VIDEO_COLOR_BARS);
  }

  @Test
  void barsOfRp219_withGreyBesideThem_areFound() {
    // Seven bars in the middle three quarters, 40 % grey left and right, upper 7/12.
    assertThat(
            findings(
                i -> {
                  TestFrame frame = TestFrame.grey(960, 540, 104);
                  for (int plane = 0; plane < 3; plane++) {
                    int p = plane;
                    int w = frame.planeWidth(p);
                    int h = frame.planeHeight(p);
                    frame.paint(
                        p,
                        (x, y) -> {
                          int bar = (int) Math.floor((x - w / 8.0) / (w * 0.75 / 7));
                          boolean inside = bar >= 0 && bar < 7 && y < h * 7 / 12;
                          return inside ? BARS_75[bar][p] : p == 0 ? 104 : 128;
                        });
                  }
                  return frame;
                }))
        .hasSize(1);
  }

  @Test
  void barsInAnotherOrder_areNotFound() {
    int[][] reversed = new int[7][];
    for (int i = 0; i < 7; i++) {
      reversed[i] = BARS_75[6 - i];
    }
    assertThat(findings(i -> bars(reversed, 7, 640, 1.0))).isEmpty();
  }

  @Test
  void barsWithoutBlue_areNotFound() {
    assertThat(findings(i -> bars(BARS_75, 6, 640, 1.0))).isEmpty();
  }

  @Test
  void greyStripes_areNotFound() {
    assertThat(findings(i -> TestFrame.painted(640, 360, (x, y) -> x / 80 * 30))).isEmpty();
  }

  @Test
  void barsOfUnequalWidth_areNotFound() {
    int[][] doubled = {
      BARS_75[1], BARS_75[1], BARS_75[1], BARS_75[2], BARS_75[3], BARS_75[4], BARS_75[5], BARS_75[6]
    };
    assertThat(findings(i -> bars(doubled, 8, 640, 1.0))).isEmpty();
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() {
    IntFunction<TestFrame> bars = i -> bars(BARS_75, 8, 320, 1.0);

    assertThat(run().show(10, bars).handOver().show(10, bars).finish().observations())
        .isEqualTo(run().show(20, bars).finish().observations());
  }

  private static TestFrame bars(int[][] colours, int count, int width, double share) {
    TestFrame frame = TestFrame.grey(width, width * 9 / 16, 20);
    for (int plane = 0; plane < 3; plane++) {
      int p = plane;
      int w = frame.planeWidth(p);
      double bottom = frame.planeHeight(p) * share;
      frame.paint(p, (x, y) -> y < bottom ? colours[x * count / w][p] : p == 0 ? 20 : 128);
    }
    return frame;
  }

  private static List<Finding> findings(IntFunction<TestFrame> pictures) {
    return run().show(25, pictures).finish().closed();
  }

  private static PictureRun run() {
    return new PictureRun(new ColorBarsDetector.Factory());
  }
}
