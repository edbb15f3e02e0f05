package io.aircheck.detectors.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.picture.PictureRun;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SolidColorDetectorTest {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 108;

  @ParameterizedTest
  @CsvSource({"0,0,0", "140,150,220", "41,240,110", "235,128,128", "126,128,128"})
  void flatColour_isFoundWithItsValues(int y, int cb, int cr) {
    CapturingSink sink = run().show(25, i -> TestFrame.solid(WIDTH, HEIGHT, y, cb, cr)).finish();

    assertThat(sink.closed(Kinds.VIDEO_SOLID_COLOR))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.measurements())
                    .containsEntry("luma", (double) y)
                    .containsEntry("cb", (double) cb)
                    .containsEntry("cr", (double) cr));
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void black_isLeftToBlack() {
    assertThat(findings(i -> TestFrame.grey(WIDTH, HEIGHT, 16))).isEmpty();
    assertThat(findings(i -> TestFrame.grey(WIDTH, HEIGHT, 30))).isEmpty();
  }

  @Test
  void flatColourWithNoise_isFound_textureIsNot() {
    Random random = new Random(3);
    TestFrame noise = noisy(random, 4);
    TestFrame texture = noisy(random, 30);

    assertThat(findings(i -> noise)).hasSize(1);
    assertThat(findings(i -> texture)).isEmpty();
  }

  @Test
  void twoColours_areNotFound() {
    assertThat(
            findings(
                i -> TestFrame.grey(WIDTH, HEIGHT, 100).paint(1, (x, y) -> x < 20 ? 100 : 160)))
        .isEmpty();
    assertThat(findings(i -> TestFrame.painted(WIDTH, HEIGHT, (x, y) -> y < 20 ? 100 : 120)))
        .isEmpty();
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() {
    IntFunction<TestFrame> green = i -> TestFrame.solid(WIDTH, HEIGHT, 0, 0, 0);

    assertThat(run().show(10, green).handOver().show(30, green).finish().observations())
        .isEqualTo(run().show(40, green).finish().observations());
  }

  private static TestFrame noisy(Random random, double sigma) {
    return TestFrame.painted(
        480, 270, (x, y) -> (int) Math.round(120 + sigma * random.nextGaussian()));
  }

  private static List<Finding> findings(IntFunction<TestFrame> pictures) {
    return run().show(25, pictures).finish().closed();
  }

  private static PictureRun run() {
    return new PictureRun(new SolidColorDetector.Factory());
  }
}
