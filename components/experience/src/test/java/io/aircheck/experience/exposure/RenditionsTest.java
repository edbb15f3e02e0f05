package io.aircheck.experience.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.exposure.Renditions.Bitrates;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenditionsTest {
  private static final Renditions SOME =
      new Renditions(false, Set.of("low", "180p"), List.of(new Bitrates(450, 650)));

  @ParameterizedTest
  @CsvSource({
    "180p, true",
    "low, true",
    "450k, true",
    "500k, true",
    "649k, true",
    "650k, false",
    "360p, false",
    "99999999999k, false",
    "'', false",
  })
  void include_byNameOrBitrate_asPlayersTellIt(String told, boolean included) {
    assertThat(SOME.include(told)).isEqualTo(included);
    assertThat(Renditions.ALL.include(told)).isTrue();
  }
}
