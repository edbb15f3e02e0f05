package io.aircheck.experience.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All cuboids of a table of up to so many dimensions, numbered from the coarsest to the finest.
 *
 * <p>Sums over leaves add up: only those of the finest cuboids are taken over the leaves, those of
 * each other one over the combinations of the smallest cuboid with one dimension more (S. Agarwal
 * et al.: On the Computation of Multidimensional Aggregates, VLDB 1996, "smallest parent").
 */
final class Cuboids {
  /** By their number of dimensions, from none. */
  private final List<List<Cuboid>> layers = new ArrayList<>();

  /** All of them, in the same order. */
  private final List<Cuboid> all;

  /** By number: that of the cuboid whose combinations each is made of; −1: of leaves. */
  private final int[] finer;

  /** There are none of a table without leaves. */
  Cuboids(LeafTable table, int mostDimensions) {
    int dimensions = table.dimensions().size();
    int deepest = table.size() == 0 ? -1 : Math.min(mostDimensions, dimensions);
    List<Cuboid> below = List.of();
    for (int layer = deepest; layer >= 0; layer--) {
      List<int[]> choices = new ArrayList<>();
      choose(dimensions, new int[layer], 0, 0, choices);
      List<Cuboid> cuboids = new ArrayList<>();
      for (int[] chosen : choices) {
        cuboids.add(new Cuboid(table, smallestWith(below, chosen), chosen));
      }
      layers.addFirst(cuboids);
      below = cuboids;
    }
    all = layers.stream().flatMap(List::stream).toList();
    finer = all.stream().mapToInt(cuboid -> all.indexOf(cuboid.finer())).toArray();
  }

  private static void choose(int from, int[] chosen, int at, int next, List<int[]> choices) {
    if (at == chosen.length) {
      choices.add(chosen.clone());
      return;
    }
    for (int dimension = next; dimension < from; dimension++) {
      chosen[at] = dimension;
      choose(from, chosen, at + 1, dimension + 1, choices);
    }
  }

  private static @Nullable Cuboid smallestWith(List<Cuboid> cuboids, int[] dimensions) {
    return cuboids.stream()
        .filter(cuboid -> cuboid.has(dimensions))
        .min(Comparator.comparingInt(Cuboid::elements))
        .orElse(null);
  }

  /** By their number of dimensions, from none; of one number in the order of the dimensions. */
  List<List<Cuboid>> layers() {
    return layers;
  }

  /** All of them by number: layer after layer. */
  List<Cuboid> all() {
    return all;
  }

  /** By number of the cuboid: the sum over the leaves of each of its combinations. */
  double[][] sums(double[] perLeaf) {
    double[][] sums = new double[all.size()][];
    for (int number = sums.length - 1; number >= 0; number--) {
      double[] ofFiner = finer[number] < 0 ? perLeaf : sums[finer[number]];
      sums[number] = all.get(number).sums(ofFiner);
    }
    return sums;
  }
}
