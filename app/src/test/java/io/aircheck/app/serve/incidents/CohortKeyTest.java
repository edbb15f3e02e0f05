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
    assertThat(CohortKey.values("viewers:all")).isEmpty();
  }

  @Test
  void of_valuesThatPlayersMakeUp_isPlainAndIsReadBack() {
    Map<String, String> values =
        Map.of("content", "a=b/../~c, \"Ü_2f\" 👁", "app.tier", "", "cdn", "a:b,c");
    String key = CohortKey.of(values);

    assertThat(key)
        .matches("viewers:[A-Za-z0-9._-]+:[A-Za-z0-9._-]*(,[A-Za-z0-9._-]+:[A-Za-z0-9._-]*)*");
    assertThat(CohortKey.values(key)).isEqualTo(values);
  }

  @Test
  void values_ofAKeyThatWasMadeOtherwise_areAsTheyStand() {
    assertThat(CohortKey.values("viewers:content:a_b.1f_")).isEqualTo(Map.of("content", "a_b.1f_"));
  }

  @Test
  void isOne_stream_isNot() {
    assertThat(CohortKey.isOne("north")).isFalse();
    assertThat(CohortKey.isOne("cdn=north")).isFalse();
  }

  @Test
  void names_aValueThatTheyHaveInCommon_aloneOrWithOthers() {
    assertThat(CohortKey.names("viewers:cdn:north", "cdn", "north")).isTrue();
    assertThat(CohortKey.names("viewers:cdn:north,content:news", "cdn", "north")).isTrue();
    assertThat(CohortKey.names("viewers:cdn:south", "cdn", "north")).isFalse();
    assertThat(CohortKey.names("viewers:content:north", "cdn", "north")).isFalse();
    assertThat(CohortKey.names("viewers:all", "cdn", "north")).isFalse();
    assertThat(CohortKey.names("cdn=north", "cdn", "north")).isFalse();
  }
}
