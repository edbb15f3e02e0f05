package io.aircheck.experience.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CuboidsTest {
  private static final List<String> TWO = List.of("cdn", "country");

  @Test
  void cuboid_hasOnlyCombinationsThatThereAre_byTheirFirstLeaves() {
    LeafTable table =
        LeafTable.ofSum(TWO)
            .add(List.of("a", "DE"), 1, 1)
            .add(List.of("b", "FR"), 1, 1)
            .add(List.of("a", "FR"), 1, 1)
            .build();
    List<List<Cuboid>> layers = new Cuboids(table, 2).layers();

    assertThat(layers.get(2).getFirst().elements()).isEqualTo(3);
    Cuboid cdn = layers.get(1).getFirst();
    assertThat(cdn.elements()).isEqualTo(2);
    assertThat(cdn.leaves(0)).containsExactly(0, 2);
    assertThat(cdn.combination(1)).hasToString("cdn=b");
    assertThat(layers.getFirst().getFirst().leaves(0)).containsExactly(0, 1, 2);
  }

  @Test
  void tableWithoutLeaves_hasNone() {
    Cuboids none = new Cuboids(LeafTable.ofSum(TWO).build(), 2);

    assertThat(none.all()).isEmpty();
    assertThat(none.layers()).isEmpty();
  }

  @Test
  void sums_fromFinerCuboids_areThoseOverLeaves() {
    Random random = new Random(1);
    LeafTable table = random(random, 300, 3, 5, 2, 7);
    double[] perLeaf = random.doubles(table.size()).toArray();

    for (int mostDimensions = 0; mostDimensions <= 4; mostDimensions++) {
      assertSums(new Cuboids(table, mostDimensions), perLeaf);
    }
  }

  /** More products of values than are looked up in an array. */
  @Test
  void sums_ofManyValues_areThoseOverLeaves() {
    Random random = new Random(2);
    LeafTable table = random(random, 3_000, 2_000, 2_500, 3);

    assertSums(new Cuboids(table, 3), random.doubles(table.size()).toArray());
  }

  private static void assertSums(Cuboids cuboids, double[] perLeaf) {
    double[][] sums = cuboids.sums(perLeaf);
    for (int number = 0; number < sums.length; number++) {
      Cuboid cuboid = cuboids.all().get(number);
      assertThat(sums[number]).hasSize(cuboid.elements());
      int leaves = 0;
      for (int element = 0;
          element < sums[number].length;
          element += 1 + sums[number].length / 50) {
        int[] its = cuboid.leaves(element);
        double sum = Arrays.stream(its).mapToDouble(leaf -> perLeaf[leaf]).sum();
        assertThat(sums[number][element]).isEqualTo(sum, offset(1e-9));
        leaves += its.length;
      }
      assertThat(leaves).isLessThanOrEqualTo(perLeaf.length).isPositive();
    }
  }

  private static LeafTable random(Random random, int leaves, int... cardinalities) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < cardinalities.length; i++) {
      names.add("d" + i);
    }
    LeafTable.Builder table = LeafTable.ofSum(names);
    for (int leaf = 0; leaf < leaves; leaf++) {
      List<String> values = new ArrayList<>();
      for (int cardinality : cardinalities) {
        values.add(String.valueOf(random.nextInt(cardinality)));
      }
      table.add(values, random.nextDouble(), random.nextDouble());
    }
    return table.build();
  }
}
