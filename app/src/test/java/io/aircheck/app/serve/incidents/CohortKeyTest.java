package io.aircheck.app.serve.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CohortKeyTest {
  @Test
  void of_plainValues_namesThemInOrder() {
    assertThat(CohortKey.of(Map.of("country", "DE", "cdn", "north")))
        .isEqualTo("viewers:cdn:north,country:DE")
        .satisfies(key -> assertThat(CohortKey.isOne(key)).isTrue());
  }

  @Test
  void of_nothing_isAllViewers() {
    assertThat(CohortKey.of(Map.of())).isEqualTo("viewers:all");
  }

  @Test
  void of_valuesThatPlayersMakeUp_isPlainAndTellsThemApart() {
    String first = CohortKey.of(Map.of("content", "a=b/../~c"));
    String second = CohortKey.of(Map.of("content", "a=b/..=~c"));

    assertThat(first).matches("viewers:content:[A-Za-z0-9._-]+").isNotEqualTo(second);
  }

  @Test
  void isOne_stream_isNot() {
    assertThat(CohortKey.isOne("north")).isFalse();
    assertThat(CohortKey.isOne("cdn=north")).isFalse();
  }
}
