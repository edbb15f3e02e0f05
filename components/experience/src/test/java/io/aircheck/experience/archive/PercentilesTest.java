package io.aircheck.experience.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import io.aircheck.core.fact.FactSpread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void nothing_hasNone() {
    assertThat(new Percentiles(List.of()).at(0.5)).isEmpty();
  }

  @Test
  void weights_countAsSoManyValues() {
    Percentiles percentiles =
        new Percentiles(List.of(new Percentiles.Bin(30, 1), new Percentiles.Bin(10, 99)));
    assertThat(percentiles.at(0.5)).hasValue(10);
    assertThat(percentiles.at(0.98)).hasValue(10);
    assertThat(percentiles.at(1)).hasValue(30);
  }

  @Test
  void values_haveTheirPercentilesWithinTheAccuracy() {
    Random random = new Random(5);
    DDSketch sketch = DDSketches.unboundedDense(FactSpread.ACCURACY);
    List<Percentiles.Bin> bins = new ArrayList<>();
    double[] values = new double[10_000];
    for (int i = 0; i < values.length; i++) {
      double value = Math.exp(6 + random.nextGaussian());
      values[i] = value;
      sketch.accept(value);
      bins.add(new Percentiles.Bin(FactSpread.valueOf(FactSpread.binOf(value)), 1));
    }
    Arrays.sort(values);
    for (double share : new double[] {0, 0.01, 0.5, 0.9, 0.95, 0.99, 1}) {
      double told = new Percentiles(bins).at(share).orElseThrow();
      assertThat(told)
          .isCloseTo(values[(int) (share * 9_999)], Percentage.withPercentage(1.000001))
          .isCloseTo(sketch.getValueAtQuantile(share), Percentage.withPercentage(2));
    }
  }
}
