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
  private final List<String> dimensions;

  /** Values of each dimension, by their codes. */
  private final List<List<String>> values;

  /** Codes of the values of the leaves: by dimension, then by leaf. */
  private final int[][] codes;

  private final boolean ratio;
  private final double[] actualOver;
  private final double[] forecastOver;
  private final double[] actualUnder;
  private final double[] forecastUnder;

  private LeafTable(Builder builder) {
    int size = builder.rows.size();
    dimensions = builder.dimensions;
    ratio = builder.ratio;
    values = builder.names.stream().map(List::copyOf).toList();
    codes = new int[dimensions.size()][size];
    double[][] sums = new double[4][size];
    for (int leaf = 0; leaf < size; leaf++) {
      Builder.Row row = builder.rows.get(leaf);
      for (int i = 0; i < codes.length; i++) {
        codes[i][leaf] = row.codes[i];
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i][leaf] = row.sums[i];
      }
    }
    actualOver = sums[0];
    forecastOver = sums[1];
    actualUnder = sums[2];
    forecastUnder = sums[3];
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
    private final List<Map<String, Integer>> codes = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private static final class Row {
      private final int[] codes;
      private final double[] sums;

      Row(int[] codes, double[] sums) {
        this.codes = codes;
        this.sums = sums;
      }
    }

    private Builder(List<String> dimensions, boolean ratio) {
      this.dimensions = List.copyOf(dimensions);
      this.ratio = ratio;
      for (int i = 0; i < dimensions.size(); i++) {
        names.add(new ArrayList<>());
        codes.add(new HashMap<>());
      }
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
      return put(values, actual, forecast, 1, 1);
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
      if (!Arrays.stream(sums).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("sums of " + values + ": " + Arrays.toString(sums));
      }
      int[] row = new int[values.size()];
      for (int i = 0; i < row.length; i++) {
        List<String> known = names.get(i);
        String value = values.get(i);
        Integer code = codes.get(i).putIfAbsent(value, known.size());
        if (code == null) {
          known.add(value);
        }
        row[i] = code == null ? known.size() - 1 : code;
      }
      rows.add(new Row(row, sums));
      return this;
    }
  }

  /** Its dimensions, in the order of a leaf's values. */
  public List<String> dimensions() {
    return dimensions;
  }

  /** How many leaves it has. */
  public int size() {
    return actualOver.length;
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

  /** The sum, or the numerator, that came. */
  double actualOver(int leaf) {
    return actualOver[leaf];
  }

  /** The sum, or the numerator, that was forecast. */
  double forecastOver(int leaf) {
    return forecastOver[leaf];
  }

  /** The denominator that came; 1 for a sum. */
  double actualUnder(int leaf) {
    return actualUnder[leaf];
  }

  /** The denominator that was forecast; 1 for a sum. */
  double forecastUnder(int leaf) {
    return forecastUnder[leaf];
  }

  /** What came: the sum, or the ratio; 0 where there is nothing to divide by. */
  double actual(int leaf) {
    return quotient(actualOver[leaf], actualUnder[leaf]);
  }

  /** What was forecast: the sum, or the ratio; 0 where there is nothing to divide by. */
  double forecast(int leaf) {
    return quotient(forecastOver[leaf], forecastUnder[leaf]);
  }

  private static double quotient(double over, double under) {
    return under == 0 ? 0 : over / under;
  }
}
