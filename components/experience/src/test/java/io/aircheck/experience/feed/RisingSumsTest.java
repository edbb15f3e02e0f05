package io.aircheck.experience.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import org.junit.jupiter.api.Test;

@SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
class RisingSumsTest {
  private final RisingSums rising = new RisingSums();

  private static Measures ended(long count) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.ENDED.ordinal()] = count;
    return Measures.of(sums);
  }

  @Test
  void add_whatIsTakenBack_isSetOffAgainstWhatComesNext() {
    assertThat(rising.add("a", ended(5))).isEqualTo(ended(5));
    assertThat(rising.add("a", ended(-3))).isEqualTo(ended(0));
    assertThat(rising.add("a", ended(2))).isEqualTo(ended(0));
    assertThat(rising.add("a", ended(4))).isEqualTo(ended(3));
  }

  @Test
  void add_ofOthers_isNotSetOff() {
    assertThat(rising.add("a", ended(-3))).isEqualTo(Measures.ZERO);
    assertThat(rising.add("b", ended(3))).isEqualTo(ended(3));
  }
}
