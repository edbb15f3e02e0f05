package io.aircheck.experience.cause;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The combinations of values of some dimensions that a table has, numbered by their first leaves.
 * Each is a union of combinations of a finer cuboid, or of leaves.
 */
final class Cuboid {
  /** Up to so many products of codes are looked up in an array, or so many times the rows. */
  private static final long DENSE = 1 << 22;

  private static final long DENSE_BY_ROWS = 4;

  private final LeafTable table;
  private final @Nullable Cuboid finer;
  private final int[] dimensions;

  /** Which combination each of the finer cuboid's belongs to, or each leaf. */
  private final int[] elementOf;

  /** The first leaf of each combination. */
  private final int[] firsts;

  /**
   * @param finer has these dimensions and others; null: made of the leaves themselves
   * @param dimensions of the table, ascending
   */
  Cuboid(LeafTable table, @Nullable Cuboid finer, int... dimensions) {
    this.table = table;
    this.finer = finer;
    this.dimensions = dimensions;
    elementOf = new int[finer == null ? table.size() : finer.elements()];
    int elements = elementOf.length == 0 ? 0 : 1;
    for (int dimension : dimensions) {
      elements = split(elements, dimension);
    }
    firsts = new int[elements];
    int known = 0;
    for (int row = 0; known < elements; row++) {
      if (elementOf[row] == known) {
        firsts[known++] = firstLeaf(row);
      }
    }
  }

  private int firstLeaf(int row) {
    return finer == null ? row : finer.firsts[row];
  }

  /** Splits combinations by the values of a further dimension; returns how many there are then. */
  private int split(int count, int dimension) {
    int cardinality = table.cardinality(dimension);
    long products = (long) count * cardinality;
    boolean isDense = products <= Math.max(DENSE, DENSE_BY_ROWS * elementOf.length);
    int[] dense = isDense ? new int[(int) products] : new int[0];
    Arrays.fill(dense, -1);
    Map<Long, Integer> sparse = new HashMap<>();
    int after = 0;
    for (int row = 0; row < elementOf.length; row++) {
      long product = (long) elementOf[row] * cardinality + table.code(dimension, firstLeaf(row));
      int element;
      if (isDense) {
        element = dense[(int) product] < 0 ? after : dense[(int) product];
        dense[(int) product] = element;
      } else {
        Integer known = sparse.putIfAbsent(product, after);
        element = known == null ? after : known;
      }
      elementOf[row] = element;
      after = Math.max(after, element + 1);
    }
    return after;
  }

  /** Whether it has all of these dimensions. */
  boolean has(int[] some) {
    return Arrays.stream(some).allMatch(one -> Arrays.binarySearch(dimensions, one) >= 0);
  }

  /** The cuboid whose combinations it is made of; null if it is made of leaves. */
  @Nullable Cuboid finer() {
    return finer;
  }

  /** How many combinations it has. */
  int elements() {
    return firsts.length;
  }

  /** The sum over each combination, of what is given by combination of the finer, or by leaf. */
  double[] sums(double[] ofFiner) {
    double[] sums = new double[firsts.length];
    for (int row = 0; row < elementOf.length; row++) {
      sums[elementOf[row]] += ofFiner[row];
    }
    return sums;
  }

  /** The leaves of a combination, ascending. Takes a look at every leaf. */
  int[] leaves(int element) {
    return table.leavesLike(firsts[element], dimensions);
  }

  /** The values of a combination. */
  Combination combination(int element) {
    return table.combination(dimensions, firsts[element]);
  }
}
