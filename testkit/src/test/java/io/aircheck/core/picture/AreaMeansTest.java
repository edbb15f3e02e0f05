package io.aircheck.core.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.testkit.DeepTestFrame;
import io.aircheck.testkit.TestFrame;
import org.junit.jupiter.api.Test;

class AreaMeansTest {
  private final AreaMeans means = new AreaMeans();

  private float[] ofSize(int width, int height) {
    // White from 0.3 of the width and 0.6 of the height on: 14.4 and 16.2 cells.
    return means.of(
        TestFrame.painted(
            width, height, (x, y) -> x >= 0.3 * width && y >= 0.6 * height ? 200 : 0));
  }

  @Test
  void of_edgeWithinACell_countsThePartThatIsBehindIt() {
    for (int size = 10; size <= 100; size += 10) {
      float[] cells = ofSize(16 * size, 9 * size / 5 * 5);

      assertThat(cells[0]).isZero();
      assertThat(cells[PictureGrid.CELLS - 1]).isCloseTo(200, within(1e-3f));
      assertThat(cells[20 * PictureGrid.COLUMNS + 14])
          .as("%d columns", 16 * size)
          .isCloseTo(0.6f * 200, within(1e-3f));
      assertThat(cells[20 * PictureGrid.COLUMNS + 13]).isZero();
    }
    assertThat(ofSize(1600, 900)[16 * PictureGrid.COLUMNS + 30])
        .isCloseTo(0.8f * 200, within(1e-3f));
  }

  @Test
  void of_fewerSamplesThanCells_repeatsThem() {
    float[] cells = means.of(TestFrame.painted(16, 9, (x, y) -> 10 * x + y));

    assertThat(cells[0]).isZero();
    assertThat(cells[1]).isZero();
    assertThat(cells[3]).isCloseTo(10, within(1e-3f));
    assertThat(cells[3 * PictureGrid.COLUMNS]).isCloseTo(1, within(1e-3f));
    assertThat(cells[PictureGrid.CELLS - 1]).isCloseTo(158, within(1e-3f));
  }

  @Test
  void of_moreBits_isOnTheSameScale() {
    TestFrame frame = TestFrame.painted(100, 60, (x, y) -> 2 * x);
    float[] shallow = means.of(frame);
    float[] deep = means.of(new DeepTestFrame(frame, 10, null));

    for (int cell = 0; cell < PictureGrid.CELLS; cell++) {
      // The bits below are ones.
      assertThat(deep[cell]).isCloseTo(shallow[cell] + 0.75f, within(1e-3f));
    }
  }
}
