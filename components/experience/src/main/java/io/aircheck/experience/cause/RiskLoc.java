package io.aircheck.experience.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * RiskLoc: splits leaves into normal and abnormal ones by how far they deviate, and takes
 * combinations whose leaves are nearly all abnormal and deviate alike. Every leaf counts by its
 * deviation, however little traffic it has.
 *
 * <p>Source: M. Kalander: RiskLoc: Localization of Multi-dimensional Root Causes by Weighted Risk,
 * arXiv 2205.10004, 2022. With forecast f and actual value v of a leaf:
 *
 * <ul>
 *   <li>deviation: 2 (f − v) / (f + v);
 *   <li>the split is where normal leaves, taken to deviate symmetrically, end on the other side;
 *   <li>weight of an abnormal leaf: its deviation, of a normal one: its distance to the split, at
 *       most 1;
 *   <li>risk of a combination: a / (a + n + 1) for the weights a of its abnormal and n of its
 *       normal leaves, less the mean |deviation| of its leaves once its own change is taken out, as
 *       a share of that before;
 *   <li>explanatory power as in {@link Adtributor}, of leaves, which add up to 1.
 * </ul>
 *
 * From few dimensions to many, the combination with most explanatory power whose risk is high
 * enough is taken, and its leaves are left out from then on, until what is left explains too
 * little. All combinations of dimensions are kept at once: for tables of some ten dimensions at
 * most.
 */
public final class RiskLoc implements CauseFinder {
  /** With the parameters of the publication. */
  public static final RiskLoc PUBLISHED = new RiskLoc(0.5, 0.02, 5);

  /**
   * Powers are alike up to this factor: those of the same leaves, which are added up in another
   * order, are to be.
   */
  private static final double ALIKE = 1 + 1e-9;

  private final double leastRisk;
  private final double leastShare;
  private final int outliers;

  /**
   * @param leastRisk risk of a cause at least, 0..1
   * @param leastShare share of the explanatory power of all abnormal leaves that a cause has at
   *     least, 0..1
   * @param outliers so many different deviations at either end do not count as normal
   */
  public RiskLoc(double leastRisk, double leastShare, int outliers) {
    this.leastRisk = leastRisk;
    this.leastShare = leastShare;
    this.outliers = outliers;
  }

  @Override
  public List<Cause> find(LeafTable table) {
    Search search = new Search(table);
    List<Cause> causes = new ArrayList<>();
    if (!search.hasChange) {
      return causes;
    }
    double least = search.abnormalPower() * leastShare;
    while (search.abnormalPower() >= least && least > 0) {
      Found found = search.best(least);
      if (found == null) {
        break;
      }
      causes.add(found.cause());
      search.leaveOut(found.leaves());
    }
    return causes;
  }

  private record Found(Cause cause, int[] leaves) {}

  private final class Search {
    private final LeafTable table;
    private final boolean hasChange;
    private final double[] power;
    private final double[] deviation;
    private final double[] weight;
    private final boolean[] abnormal;
    private final boolean[] left;
    private final Cuboids cuboids;

    Search(LeafTable table) {
      this.table = table;
      cuboids = new Cuboids(table, table.dimensions().size());
      power = explanatoryPower(table);
      hasChange = power.length > 0 && Arrays.stream(power).allMatch(Double::isFinite);
      deviation = new double[power.length];
      for (int leaf = 0; leaf < power.length; leaf++) {
        double sum = table.forecast(leaf) + table.actual(leaf);
        deviation[leaf] = sum == 0 ? 0 : 2 * (table.forecast(leaf) - table.actual(leaf)) / sum;
      }
      left = new boolean[power.length];
      Arrays.fill(left, true);
      abnormal = new boolean[power.length];
      weight = new double[power.length];
      if (hasChange) {
        split();
      }
      if (abnormalPower() < 0) {
        for (int leaf = 0; leaf < power.length; leaf++) {
          power[leaf] = -power[leaf];
        }
      }
    }

    private void split() {
      double cutoff = cutoff(deviation);
      boolean above = Math.copySign(1, cutoff) > 0;
      for (int leaf = 0; leaf < power.length; leaf++) {
        abnormal[leaf] = above ? deviation[leaf] > cutoff : deviation[leaf] < cutoff;
        boolean nothing = table.actual(leaf) == 0 && table.forecast(leaf) == 0;
        double distance =
            abnormal[leaf]
                ? Math.abs(deviation[leaf])
                : nothing ? 0 : Math.abs(cutoff - deviation[leaf]);
        weight[leaf] = Math.min(1, distance);
      }
    }

    double abnormalPower() {
      double sum = 0;
      for (int leaf = 0; leaf < power.length; leaf++) {
        sum += left[leaf] && abnormal[leaf] ? power[leaf] : 0;
      }
      return sum;
    }

    void leaveOut(int[] leaves) {
      for (int leaf : leaves) {
        left[leaf] = false;
      }
    }

    @Nullable Found best(double least) {
      double[][] powers = cuboids.sums(ofLeft(power));
      double[][] abnormals = cuboids.sums(ofLeft(weightOf(true)));
      double[][] normals = cuboids.sums(ofLeft(weightOf(false)));
      int number = 0;
      for (List<Cuboid> layer : cuboids.layers().subList(1, cuboids.layers().size())) {
        Found best = null;
        for (Cuboid cuboid : layer) {
          number++;
          double above = best == null ? least : best.cause().share() * ALIKE;
          double[] high = highRisks(abnormals[number], normals[number]);
          Found found = best(cuboid, powers[number], high, above);
          best = found == null ? best : found;
        }
        if (best != null) {
          return best;
        }
      }
      return null;
    }

    private double[] ofLeft(double[] perLeaf) {
      double[] ofLeft = new double[perLeaf.length];
      Arrays.setAll(ofLeft, leaf -> left[leaf] ? perLeaf[leaf] : 0);
      return ofLeft;
    }

    private double[] weightOf(boolean abnormals) {
      double[] weights = new double[weight.length];
      Arrays.setAll(weights, leaf -> abnormal[leaf] == abnormals ? weight[leaf] : 0);
      return weights;
    }

    private static double[] highRisks(double[] abnormals, double[] normals) {
      double[] risks = new double[abnormals.length];
      Arrays.setAll(risks, i -> abnormals[i] / (abnormals[i] + normals[i] + 1));
      return risks;
    }

    private @Nullable Found best(Cuboid cuboid, double[] powers, double[] high, double above) {
      // The risk is at most the high one.
      List<Integer> order =
          IntStream.range(0, powers.length)
              .filter(element -> high[element] >= leastRisk && powers[element] > above)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer element) -> powers[element]).reversed())
              .toList();
      for (int element : order) {
        int[] leaves = Arrays.stream(cuboid.leaves(element)).filter(leaf -> left[leaf]).toArray();
        double risk = high[element] - lowRisk(leaves);
        if (risk >= leastRisk) {
          return new Found(new Cause(cuboid.combination(element), powers[element], risk), leaves);
        }
      }
      return null;
    }

    private double lowRisk(int[] leaves) {
      double actual = 0;
      double forecast = 0;
      for (int leaf : leaves) {
        if (table.actual(leaf) != 0 && table.forecast(leaf) != 0) {
          actual += table.actual(leaf);
          forecast += table.forecast(leaf);
        }
      }
      double before = 0;
      double after = 0;
      for (int leaf : leaves) {
        if (table.actual(leaf) != 0 && table.forecast(leaf) != 0) {
          double rippled = table.forecast(leaf) * actual / forecast;
          double sum = rippled + table.actual(leaf);
          after += sum == 0 ? 0 : Math.abs(2 * (rippled - table.actual(leaf)) / sum);
          before += Math.abs(deviation[leaf]);
        }
      }
      return before == 0 ? 0 : after / before;
    }
  }

  /** Where normal deviations end, on the side of the abnormal ones, whose sign it has. */
  private double cutoff(double[] deviation) {
    double[] sorted = Arrays.stream(deviation).sorted().toArray();
    double[] different =
        IntStream.range(0, sorted.length)
            .filter(i -> i == 0 || Double.compare(sorted[i], sorted[i - 1]) != 0)
            .mapToDouble(i -> sorted[i])
            .toArray();
    int within = Math.min(outliers, different.length - 1);
    double low = different[within];
    double high = different[different.length - 1 - within];
    double cutoff = -(Math.abs(low) <= Math.abs(high) ? low : high);
    if (cutoff != 0) {
      return cutoff;
    }
    // Forecasts that normal leaves meet exactly: abnormal is the side on which there are others.
    boolean above = different[different.length - 1] >= -different[0];
    return above ? 0.0 : -0.0;
  }

  private static double[] explanatoryPower(LeafTable table) {
    double forecastOver = 0;
    double forecastUnder = 0;
    for (int leaf = 0; leaf < table.size(); leaf++) {
      forecastOver += table.forecastOver(leaf);
      forecastUnder += table.forecastUnder(leaf);
    }
    double[] power = new double[table.size()];
    double whole = 0;
    for (int leaf = 0; leaf < power.length; leaf++) {
      double over = table.actualOver(leaf) - table.forecastOver(leaf);
      double under = table.actualUnder(leaf) - table.forecastUnder(leaf);
      power[leaf] =
          table.isRatio()
              ? (over * forecastUnder - under * forecastOver)
                  / (forecastUnder * (forecastUnder + under))
              : over;
      whole += power[leaf];
    }
    for (int leaf = 0; leaf < power.length; leaf++) {
      power[leaf] /= whole;
    }
    return power;
  }
}
