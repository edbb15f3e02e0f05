package io.aircheck.experience.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MeasuresTest {
  @Test
  void sums_added_areTheSumsOfBothInAnyOrder() {
    Measures one = Measures.of(new long[] {1, 2});
    Measures two = Measures.of(new long[] {3, 0, 5});

    assertThat(one.plus(two)).isEqualTo(Measures.of(new long[] {4, 2, 5}));
    assertThat(two.plus(one)).isEqualTo(one.plus(two));
    assertThat(one.plus(Measures.ZERO)).isEqualTo(one);
  }

  @Test
  void sums_thatCancel_areZero() {
    Measures one = Measures.of(new long[] {1});

    assertThat(one.plus(Measures.of(new long[] {-1})).isZero()).isTrue();
  }

  @Test
  void array_changedAfterwards_doesNotChangeTheSums() {
    long[] values = {7};
    Measures sums = Measures.of(values);
    values[0] = 8;
    sums.toArray()[0] = 9;

    assertThat(sums).isEqualTo(Measures.of(new long[] {7}));
  }

  @Test
  void sums_ofMoreMeasuresThanThereAre_areRefused() {
    assertThatThrownBy(() -> Measures.of(new long[1_000]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ratio_withNothingToDivideBy_isUnknown() {
    assertThat(Ratio.REBUFFERING_PERCENT.of(Measures.ZERO)).isEmpty();
  }

  @Test
  void names_areThoseOfInterfaces() {
    assertThat(Measure.STALLED_MILLIS.id()).isEqualTo("stalledMillis");
    assertThat(Ratio.REBUFFERING_PERCENT.id()).isEqualTo("rebufferingPercent");
  }
}
