package io.aircheck.experience.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was forecast and what came, for each combination of values of all dimensions: of a sum, or
 * of a ratio of two sums. Immutable.
 *
 * <p>The forecast of a sum is a sum, and the whole is the sum of its leaves; of a ratio, numerator
 * and denominator are forecast, and the whole is the ratio of their sums.
 */
public final class LeafTable {
  /** Room for so many leaves at first. */
  private static final int FEW = 64;

  private final List<String> dimensions;

  /** Values of each dimension, by their codes. */
  private final List<List<String>> values;

  /** Codes of the values of the leaves: by dimension, then by leaf. */
  private final int[][] codes;

  private final boolean ratio;
  private final int size;

  /** By leaf: what came and what was forecast; of a ratio, of numerator, then of denominator. */
  private final double[][] sums;

  private LeafTable(Builder builder) {
    dimensions = builder.dimensions;
    ratio = builder.ratio;
    size = builder.size;
    values = builder.names.stream().map(List::copyOf).toList();
    codes = new int[builder.codes.length][];
    Arrays.setAll(codes, i -> Arrays.copyOf(builder.codes[i], size));
    sums = new double[builder.sums.length][];
    Arrays.setAll(sums, i -> Arrays.copyOf(builder.sums[i], size));
  }

  /** A table of a sum. */
  public static Builder ofSum(List<String> dimensions) {
    return new Builder(dimensions, false);
  }

  /** A table of a ratio. */
  public static Builder ofRatio(List<String> dimensions) {
    return new Builder(dimensions, true);
  }

  /** Collects leaves. Not thread-safe. */
  public static final class Builder {
    private final List<String> dimensions;
    private final boolean ratio;
    private final List<List<String>> names = new ArrayList<>();
    private final List<Map<String, Integer>> known = new ArrayList<>();

    /** As in the table, with room for more leaves. */
    private final int[][] codes;

    private final double[][] sums;
    private int size;

    private Builder(List<String> dimensions, boolean ratio) {
      this.dimensions = List.copyOf(dimensions);
      this.ratio = ratio;
      for (int i = 0; i < dimensions.size(); i++) {
        names.add(new ArrayList<>());
        known.add(new HashMap<>());
      }
      codes = new int[dimensions.size()][FEW];
      sums = new double[ratio ? 4 : 2][FEW];
    }

    /**
     * Adds a leaf of a sum. Each combination of values is to be added once.
     *
     * @throws IllegalArgumentException if there are not as many values as dimensions, a sum is not
     *     finite, or the table is of a ratio
     */
    public Builder add(List<String> values, double actual, double forecast) {
      if (ratio) {
        throw new IllegalArgumentException("a leaf of a ratio has numerator and denominator");
      }
      return put(values, actual, forecast);
    }

    /**
     * Adds a leaf of a ratio. Each combination of values is to be added once.
     *
     * @throws IllegalArgumentException if there are not as many values as dimensions, a sum is not
     *     finite, or the table is of a sum
     */
    public Builder add(
        List<String> values,
        double actualOver,
        double forecastOver,
        double actualUnder,
        double forecastUnder) {
      if (!ratio) {
        throw new IllegalArgumentException("a leaf of a sum has no denominator");
      }
      return put(values, actualOver, forecastOver, actualUnder, forecastUnder);
    }

    /** The table of what was added. */
    public LeafTable build() {
      return new LeafTable(this);
    }

    private Builder put(List<String> values, double... sums) {
      if (values.size() != dimensions.size()) {
        throw new IllegalArgumentException(values + " are not values of " + dimensions);
      }
      for (double sum : sums) {
        if (!Double.isFinite(sum)) {
          throw new IllegalArgumentException("sums of " + values + ": " + Arrays.toString(sums));
        }
      }
      if (size == this.sums[0].length) {
        grow();
      }
      for (int i = 0; i < codes.length; i++) {
        codes[i][size] = code(i, values.get(i));
      }
      for (int i = 0; i < sums.length; i++) {
        this.sums[i][size] = sums[i];
      }
      size++;
      return this;
    }

    /** The code of a value of a dimension, the next one if it was not yet seen. */
    private int code(int dimension, String value) {
      List<String> codes = names.get(dimension);
      Integer code = known.get(dimension).putIfAbsent(value, codes.size());
      if (code == null) {
        codes.add(value);
        return codes.size() - 1;
      }
      return code;
    }

    private void grow() {
      int room = size + size / 2;
      Arrays.setAll(codes, i -> Arrays.copyOf(codes[i], room));
      Arrays.setAll(sums, i -> Arrays.copyOf(sums[i], room));
    }
  }

  /** Its dimensions, in the order of a leaf's values. */
  public List<String> dimensions() {
    return dimensions;
  }

  /** How many leaves it has. */
  public int size() {
    return size;
  }

  /** Whether it is of a ratio. */
  public boolean isRatio() {
    return ratio;
  }

  /** Code of a leaf's value of a dimension; codes are dense from 0. */
  int code(int dimension, int leaf) {
    return codes[dimension][leaf];
  }

  /** How many values a dimension has. */
  int cardinality(int dimension) {
    return values.get(dimension).size();
  }

  /** One value of a dimension, by its code. */
  Combination combination(int dimension, int code) {
    return Combination.of(
        List.of(dimensions.get(dimension)), List.of(values.get(dimension).get(code)));
  }

  /** The values that a leaf has of some dimensions. */
  Combination combination(int[] some, int leaf) {
    List<String> names = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    for (int dimension : some) {
      names.add(dimensions.get(dimension));
      theirs.add(values.get(dimension).get(codes[dimension][leaf]));
    }
    return Combination.of(names, theirs);
  }

  /** The leaves that have the same values as one of them, of some dimensions; ascending. */
  int[] leavesLike(int one, int[] some) {
    int[] like = new int[FEW];
    int count = 0;
    for (int leaf = 0; leaf < size; leaf++) {
      boolean alike = true;
      for (int i = 0; i < some.length && alike; i++) {
        alike = codes[some[i]][leaf] == codes[some[i]][one];
      }
      if (alike) {
        like = count < like.length ? like : Arrays.copyOf(like, 2 * count);
        like[count++] = leaf;
      }
    }
    return Arrays.copyOf(like, count);
  }

  /** The sum, or the numerator, that came. */
  double actualOver(int leaf) {
    return sums[0][leaf];
  }

  /** The sum, or the numerator, that was forecast. */
  double forecastOver(int leaf) {
    return sums[1][leaf];
  }

  /** The denominator that came; 1 for a sum. */
  double actualUnder(int leaf) {
    return ratio ? sums[2][leaf] : 1;
  }

  /** The denominator that was forecast; 1 for a sum. */
  double forecastUnder(int leaf) {
    return ratio ? sums[3][leaf] : 1;
  }

  /** What came: the sum, or the ratio; 0 where there is nothing to divide by. */
  double actual(int leaf) {
    return quotient(actualOver(leaf), actualUnder(leaf));
  }

  /** What was forecast: the sum, or the ratio; 0 where there is nothing to divide by. */
  double forecast(int leaf) {
    return quotient(forecastOver(leaf), forecastUnder(leaf));
  }

  private static double quotient(double over, double under) {
    return under == 0 ? 0 : over / under;
  }
}
