package io.aircheck.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.report.Illustrations.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesBuilderTest {
  private final SeriesBuilder series = new SeriesBuilder();

  @Test
  void add_fewValues_keepsEach() {
    series.add(0, 1);
    series.add(40_000, 3);

    assertThat(series.points()).containsExactly(new Point(0, 1, 1, 1), new Point(0.04, 3, 3, 3));
  }

  @Test
  void add_aHundredThousandValues_staysBoundedAndKeepsExtremesAndMean() {
    for (int i = 0; i < 100_000; i++) {
      series.add(i * 40_000L, i == 77_777 ? 1000 : 1);
    }

    List<Point> points = series.points();
    assertThat(points).hasSizeLessThanOrEqualTo(SeriesBuilder.MAX_POINTS);
    assertThat(points).hasSizeGreaterThan(SeriesBuilder.MAX_POINTS / 4);
    assertThat(points.stream().mapToDouble(Point::max).max()).hasValue(1000);
    assertThat(points.stream().mapToDouble(Point::min).min()).hasValue(1);
    assertThat(points.stream().filter(point -> point.mean() != 1)).hasSize(1);
  }

  @Test
  void add_valueOutOfOrder_joinsTheLastStretch() {
    series.add(100_000, 5);
    series.add(20_000, 9);

    assertThat(series.points()).containsExactly(new Point(0.1, 5, 7, 9));
  }
}
