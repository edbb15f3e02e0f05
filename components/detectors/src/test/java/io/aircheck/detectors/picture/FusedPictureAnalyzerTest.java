package io.aircheck.detectors.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.picture.LumaStatistics;
import io.aircheck.core.picture.MotionStatistics;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureAnalyzer;
import io.aircheck.core.picture.PictureGrid;
import io.aircheck.testkit.DeepTestFrame;
import io.aircheck.testkit.TestFrame;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedPictureAnalyzerTest {

  @Test
  void factory_isFoundByServiceLoader() {
    assertThat(ServiceLoader.load(PictureAnalyzer.Factory.class))
        .anyMatch(factory -> factory.create() instanceof FusedPictureAnalyzer);
  }

  @ParameterizedTest
  @CsvSource({
    "480,270",
    "96,54",
    "101,77",
    "640,361",
    "1280,720",
    "1000,500",
    "20,10",
    "3,2",
    "7,1000"
  })
  void thumbnail_ofHorizontalRamp_isMeanOfEachCellsColumns(int width, int height) {
    TestFrame frame = TestFrame.painted(width, height, (x, y) -> x * 251 / width);

    float[] thumbnail = analyze(frame).thumbnail();

    for (int row : new int[] {0, 13, PictureGrid.ROWS - 1}) {
      for (int column = 0; column < PictureGrid.COLUMNS; column++) {
        int pairs = (width + 1) / 2;
        int from = column * pairs / PictureGrid.COLUMNS * 2;
        int next = (column + 1) * pairs / PictureGrid.COLUMNS * 2;
        int to = Math.min(width, Math.max(from + 2, next));
        double sum = 0;
        for (int x = from; x < to; x++) {
          sum += x * 251 / width;
        }
        assertThat(thumbnail[row * PictureGrid.COLUMNS + column])
            .isCloseTo((float) (sum / (to - from)), within(0.001f));
      }
    }
  }

  @Test
  void thumbnail_ofVerticalRamp_isMeanOfEachCellsRows() {
    TestFrame frame = TestFrame.painted(64, 135, (x, y) -> y);

    float[] thumbnail = analyze(frame).thumbnail();

    for (int row = 0; row < PictureGrid.ROWS; row++) {
      assertThat(thumbnail[row * PictureGrid.COLUMNS]).isEqualTo(row * 5 + 2f);
    }
  }

  @Test
  void thumbnail_ofWhite_doesNotOverflow() {
    TestFrame frame = TestFrame.grey(64, 15_000, 255);

    assertThat(analyze(frame).thumbnail()).containsOnly(255f);
  }

  @Test
  void motion_withoutPrevious_isNone() {
    assertThat(analyze(TestFrame.grey(64, 36, 80)).motion()).isSameAs(MotionStatistics.NONE);
  }

  @ParameterizedTest
  @CsvSource({"480,270", "1280,720", "129,90"})
  void motion_isMeanOfAbsoluteDifferences_whateverTheSign(int width, int height) {
    TestFrame before = TestFrame.painted(width, height, (x, y) -> x % 2 == 0 ? 250 : 4);
    TestFrame now = TestFrame.painted(width, height, (x, y) -> x % 2 == 0 ? 3 : 251).after(before);

    MotionStatistics motion = analyze(now).motion();

    assertThat(motion.available()).isTrue();
    assertThat(motion.meanAbsoluteDifference()).isCloseTo(247, within(0.001));
    assertThat(motion.cells()).containsOnly(247f);
  }

  @Test
  void motion_ofOneMovingSpot_isInItsCellAlone() {
    TestFrame before = TestFrame.grey(480, 270, 60);
    TestFrame now = TestFrame.grey(480, 270, 60).after(before);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 10; x++) {
        now.set(0, 470 + x, 260 + y, 110);
      }
    }

    MotionStatistics motion = analyze(now).motion();

    assertThat(motion.cells()[PictureGrid.CELLS - 1]).isEqualTo(50f);
    assertThat(motion.meanAbsoluteDifference()).isCloseTo(50.0 / PictureGrid.CELLS, within(1e-6));
  }

  @Test
  void luma_ofTwoLevels_isTheirShares() {
    TestFrame frame = TestFrame.painted(640, 360, (x, y) -> y < 90 ? 200 : 20);

    LumaStatistics luma = analyze(frame).luma();

    assertThat(luma.histogram()[200]).isCloseTo(0.25f, within(0.01f));
    assertThat(luma.histogram()[20]).isCloseTo(0.75f, within(0.01f));
    assertThat(luma.mean()).isCloseTo(0.25 * 200 + 0.75 * 20, within(2.0));
    assertThat(luma.percentile(0.5)).isEqualTo(20);
    assertThat(luma.percentile(0.9)).isEqualTo(200);
    assertThat(luma.percentile(1)).isEqualTo(200);
    assertThat(luma.percentile(0)).isEqualTo(20);
    assertThat(luma.shareAbove(20)).isCloseTo(0.25, within(0.01));
    assertThat(luma.shareAbove(200)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"5,5", "8,3", "30,20", "1280,720", "1921,1081"})
  void luma_histogram_sumsToOne(int width, int height) {
    float sum = 0;
    for (float share : analyze(TestFrame.grey(width, height, 77)).luma().histogram()) {
      sum += share;
    }
    assertThat(sum).isCloseTo(1, within(1e-4f));
  }

  @Test
  void chroma_ofTwoHalves_isPerCell() {
    TestFrame frame =
        TestFrame.grey(480, 270, 100).paint(1, (x, y) -> x < 120 ? 44 : 156).fill(2, 212);

    PictureAnalysis analysis = analyze(frame);

    assertThat(analysis.chroma().cb()[0]).isEqualTo(44f);
    assertThat(analysis.chroma().cb()[PictureGrid.COLUMNS - 1]).isEqualTo(156f);
    assertThat(analysis.chroma().cr()).containsOnly(212f);
    assertThat(analysis.chroma().meanCb()).isCloseTo(100, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"10", "12", "16"})
  void deepPicture_givesTheSameFiguresAsItsUpperEightBits(int bitDepth) {
    TestFrame before = TestFrame.painted(333, 111, (x, y) -> (x * 7 + y * 3) % 256);
    TestFrame now = TestFrame.painted(333, 111, (x, y) -> (x * 5 + y * 11) % 256);
    now.paint(1, (x, y) -> x % 256).paint(2, (x, y) -> y % 256);
    PictureAnalysis shallow = analyze(now.after(before));
    FrameView deepBefore = new DeepTestFrame(before, bitDepth, null);
    PictureAnalysis deep = analyze(new DeepTestFrame(now, bitDepth, deepBefore));

    assertThat(deep.thumbnail()).isEqualTo(shallow.thumbnail());
    assertThat(deep.motion().cells()).isEqualTo(shallow.motion().cells());
    assertThat(deep.luma().histogram()).isEqualTo(shallow.luma().histogram());
    assertThat(deep.chroma().cb()).isEqualTo(shallow.chroma().cb());
    assertThat(deep.chroma().cr()).isEqualTo(shallow.chroma().cr());
  }

  @Test
  void groups_askedForInAnyOrder_areTheSame() {
    TestFrame before = TestFrame.painted(200, 100, (x, y) -> (x * y) % 256);
    TestFrame now = TestFrame.painted(200, 100, (x, y) -> (x + y) % 256).after(before);
    PictureAnalysis one = analyze(now);
    PictureAnalysis other = analyze(now);

    one.chroma();
    float[] first = one.motion().cells().clone();
    other.thumbnail();
    other.chroma();

    assertThat(other.motion().cells()).isEqualTo(first);
    assertThat(other.thumbnail()).isEqualTo(one.thumbnail());
  }

  private static PictureAnalysis analyze(FrameView frame) {
    return new FusedPictureAnalyzer().analyze(frame);
  }
}
