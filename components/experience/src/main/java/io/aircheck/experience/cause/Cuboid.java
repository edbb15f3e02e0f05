package io.aircheck.experience.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The combinations of values of some dimensions that a table has, and the leaves of each. */
final class Cuboid {
  /** Up to so many products of codes are looked up in an array. */
  private static final long DENSE = 1 << 22;

  private final LeafTable table;
  private final int[] dimensions;

  /** Which combination each leaf belongs to. */
  private final int[] elementOf;

  private final int elements;

  /** Leaves by their element, and where each element's begin in it. */
  private final int[] leaves;

  private final int[] starts;

  Cuboid(LeafTable table, int... dimensions) {
    this.table = table;
    this.dimensions = dimensions;
    int[] of = new int[table.size()];
    int count = table.size() == 0 ? 0 : 1;
    for (int dimension : dimensions) {
      count = split(of, count, dimension);
    }
    elementOf = of;
    elements = count;
    starts = new int[elements + 1];
    for (int element : elementOf) {
      starts[element + 1]++;
    }
    for (int i = 0; i < elements; i++) {
      starts[i + 1] += starts[i];
    }
    leaves = new int[elementOf.length];
    int[] next = starts.clone();
    for (int leaf = 0; leaf < leaves.length; leaf++) {
      leaves[next[elementOf[leaf]]++] = leaf;
    }
  }

  /** Splits elements by the values of a further dimension; returns how many there are then. */
  private int split(int[] of, int count, int dimension) {
    int cardinality = table.cardinality(dimension);
    long products = (long) count * cardinality;
    int[] dense = products <= DENSE ? new int[(int) products] : new int[0];
    Arrays.fill(dense, -1);
    Map<Long, Integer> sparse = new HashMap<>();
    int after = 0;
    for (int leaf = 0; leaf < of.length; leaf++) {
      long product = (long) of[leaf] * cardinality + table.code(dimension, leaf);
      int element;
      if (products <= DENSE) {
        element = dense[(int) product] < 0 ? after : dense[(int) product];
        dense[(int) product] = element;
      } else {
        Integer known = sparse.putIfAbsent(product, after);
        element = known == null ? after : known;
      }
      of[leaf] = element;
      after = Math.max(after, element + 1);
    }
    return after;
  }

  /** All cuboids of so many dimensions, in the order of the dimensions. */
  static List<Cuboid> layer(LeafTable table, int layer) {
    List<Cuboid> cuboids = new ArrayList<>();
    choose(table, new int[layer], 0, 0, cuboids);
    return cuboids;
  }

  private static void choose(
      LeafTable table, int[] chosen, int at, int from, List<Cuboid> cuboids) {
    if (at == chosen.length) {
      cuboids.add(new Cuboid(table, chosen.clone()));
      return;
    }
    for (int dimension = from; dimension < table.dimensions().size(); dimension++) {
      chosen[at] = dimension;
      choose(table, chosen, at + 1, dimension + 1, cuboids);
    }
  }

  /** Which of the table's dimensions it is of, ascending. */
  int[] dimensions() {
    return dimensions;
  }

  /** How many combinations it has. */
  int elements() {
    return elements;
  }

  /** Which combination a leaf belongs to. */
  int elementOf(int leaf) {
    return elementOf[leaf];
  }

  /** The sum over each combination's leaves. */
  double[] sums(double[] perLeaf) {
    double[] sums = new double[elements];
    for (int leaf = 0; leaf < elementOf.length; leaf++) {
      sums[elementOf[leaf]] += perLeaf[leaf];
    }
    return sums;
  }

  /** The leaves of a combination, ascending. */
  int[] leaves(int element) {
    return Arrays.copyOfRange(leaves, starts[element], starts[element + 1]);
  }

  /** The values of a combination. */
  Combination combination(int element) {
    return table.combination(dimensions, leaves[starts[element]]);
  }
}
