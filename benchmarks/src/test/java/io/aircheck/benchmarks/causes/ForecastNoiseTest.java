package io.aircheck.benchmarks.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class ForecastNoiseTest {
  @Test
  void forecasts_missByTheDeviation_theSameEachTime_andAreNeverNegative() {
    double[] forecasts = forecasts(new ForecastNoise(0.4), "7");

    assertThat(Arrays.stream(forecasts).min()).hasValue(0);
    assertThat(Arrays.stream(forecasts).average()).hasValueCloseTo(1000.0, within(20.0));
    assertThat(Arrays.stream(forecasts).map(it -> Math.pow(it - 1000, 2)).average())
        .hasValueCloseTo(400.0 * 400, within(10_000.0));
    assertThat(forecasts(new ForecastNoise(0.4), "7")).isEqualTo(forecasts);
    assertThat(forecasts(new ForecastNoise(0.4), "8")).isNotEqualTo(forecasts);
    assertThat(forecasts(ForecastNoise.NONE, "7")).containsOnly(1000);
  }

  @Test
  void deviation_thatIsNone_isRefused() {
    for (String bad : List.of("-0.1", "4", "NaN", "much")) {
      assertThatThrownBy(() -> ForecastNoise.parse(bad))
          .hasMessageContaining("between 0 and 1")
          .hasMessageContaining(bad);
    }
    assertThat(ForecastNoise.parse("0.04")).isEqualTo(new ForecastNoise(0.04));
  }

  private static double[] forecasts(ForecastNoise noise, String table) {
    DoubleUnaryOperator missing = noise.ofTable(table, "cdn=b");
    double[] forecasts = new double[10_000];
    Arrays.setAll(forecasts, i -> missing.applyAsDouble(1000));
    return forecasts;
  }
}
