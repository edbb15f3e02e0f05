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
  void cuboid_hasOnlyCombinationsThatThereAre() {
    LeafTable table =
        LeafTable.ofSum(TWO)
            .add(List.of("a", "DE"), 1, 1)
            .add(List.of("b", "FR"), 1, 1)
            .add(List.of("a", "FR"), 1, 1)
            .build();

    Cuboid both = Cuboid.layer(table, 2).getFirst();
    assertThat(both.elements()).isEqualTo(3);
    Cuboid cdn = Cuboid.layer(table, 1).getFirst();
    assertThat(cdn.elements()).isEqualTo(2);
    assertThat(cdn.leaves(0)).containsExactly(0, 2);
    assertThat(cdn.combination(1)).hasToString("cdn=b");
    assertThat(Cuboid.layer(table, 0).getFirst().leaves(0)).containsExactly(0, 1, 2);
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
