package io.aircheck.experience.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LeafTableTest {
  private static final List<String> TWO = List.of("cdn", "country");

  @Test
  void leaf_thatDoesNotFit_isRefusedWithTheReason() {
    assertThatThrownBy(() -> LeafTable.ofSum(TWO).add(List.of("a"), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[cdn, country]");
    assertThatThrownBy(() -> LeafTable.ofSum(TWO).add(List.of("a", "DE"), Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LeafTable.ofRatio(TWO).add(List.of("a", "DE"), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LeafTable.ofSum(TWO).add(List.of("a", "DE"), 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leaves_areAsTheyWereAdded_howeverMany() {
    LeafTable.Builder builder = LeafTable.ofRatio(TWO);
    for (int i = 0; i < 1_000; i++) {
      builder.add(List.of("a" + i % 10, "b" + i / 10), i, i + 0.25, i + 0.5, i + 0.75);
    }
    LeafTable table = builder.build();

    assertThat(table.size()).isEqualTo(1_000);
    assertThat(table.cardinality(1)).isEqualTo(100);
    assertThat(table.combination(new int[] {0, 1}, 657)).hasToString("cdn=a7 & country=b65");
    assertThat(table.actualOver(999)).isEqualTo(999);
    assertThat(table.forecastOver(999)).isEqualTo(999.25);
    assertThat(table.actualUnder(999)).isEqualTo(999.5);
    assertThat(table.forecastUnder(999)).isEqualTo(999.75);
  }

  @Test
  void leaves_addedLater_areNotInATableMadeBefore() {
    LeafTable.Builder builder = LeafTable.ofSum(TWO).add(List.of("a", "DE"), 1, 2);
    LeafTable table = builder.build();
    builder.add(List.of("b", "FR"), 3, 4);

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.cardinality(0)).isEqualTo(1);
    assertThat(builder.build().forecast(1)).isEqualTo(4);
  }

  @Test
  void combination_coversWhatHasItsValues() {
    Combination narrow = Combination.of(TWO, List.of("a", "DE"));
    Combination wide = Combination.of(List.of("cdn"), List.of("a"));

    assertThat(wide.covers(narrow)).isTrue();
    assertThat(narrow.covers(wide)).isFalse();
    assertThat(Combination.EVERYWHERE.covers(wide)).isTrue();
    assertThat(narrow).hasToString("cdn=a & country=DE");
    assertThat(Combination.of(TWO, List.of("", "DE"))).hasToString("cdn not known & country=DE");
  }
}
