package io.aircheck.experience.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adtributor: the values of one dimension that explain a change, and whose share of the whole
 * surprises most. Fast, and blind to causes that need two dimensions.
 *
 * <p>Source: R. Bhagwan, R. Kumar, R. Ramjee, G. Varghese, S. Mohapatra, H. Manoharan, P. Shah:
 * Adtributor: Revenue Debugging in Advertising Systems, NSDI 2014. With forecasts F and actual
 * values A, sums over all without index:
 *
 * <ul>
 *   <li>explanatory power of a value, of a sum: (A_i − F_i) / (A − F); of a ratio with denominators
 *       G forecast and B actual: ((A_i − F_i) G − (B_i − G_i) F) / (G (G + B_i − G_i)), made to add
 *       up to 1 over the values of a dimension;
 *   <li>surprise of a value: (p ln(2p / (p + q)) + q ln(2q / (p + q))) / 2 with p = F_i / F and q =
 *       A_i / A, its part of the Jensen-Shannon divergence; of a ratio, that of numerator and
 *       denominator together.
 * </ul>
 *
 * Of each dimension, values with enough explanatory power are taken, most surprising first, until
 * they explain enough; the dimensions with most surprise are answered.
 */
public final class Adtributor implements CauseFinder {
  private final double leastOfValue;
  private final double leastTogether;
  private final int mostDimensions;

  /**
   * @param leastOfValue explanatory power of each value at least
   * @param leastTogether explanatory power of the values of a dimension at least
   * @param mostDimensions how many dimensions are answered at most
   */
  public Adtributor(double leastOfValue, double leastTogether, int mostDimensions) {
    this.leastOfValue = leastOfValue;
    this.leastTogether = leastTogether;
    this.mostDimensions = mostDimensions;
  }

  /** The values of a dimension that explain enough. */
  private record Candidate(List<Cause> values, double surprise) {}

  @Override
  public List<Cause> find(LeafTable table) {
    List<Candidate> candidates = new ArrayList<>();
    for (int dimension = 0; dimension < table.dimensions().size(); dimension++) {
      Candidate candidate = candidate(table, dimension);
      if (candidate != null) {
        candidates.add(candidate);
      }
    }
    return candidates.stream()
        .sorted(Comparator.comparingDouble(Candidate::surprise).reversed())
        .limit(mostDimensions)
        .flatMap(candidate -> candidate.values().stream())
        .toList();
  }

  private @Nullable Candidate candidate(LeafTable table, int dimension) {
    Sums sums = Sums.of(table, dimension);
    double[] power = explanatoryPower(table, sums);
    double[] surprise = surprise(table, sums);
    List<Integer> order =
        IntStream.range(0, power.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer value) -> surprise[value]).reversed())
            .toList();
    List<Cause> causes = new ArrayList<>();
    double together = 0;
    double surprises = 0;
    for (int value : order) {
      if (power[value] > leastOfValue) {
        together += power[value];
        surprises += surprise[value];
        causes.add(new Cause(table.combination(dimension, value), power[value], surprise[value]));
        if (together > leastTogether) {
          return new Candidate(causes, surprises);
        }
      }
    }
    return null;
  }

  private static double[] explanatoryPower(LeafTable table, Sums sums) {
    double[] power = new double[sums.actualOver.length];
    double whole = 0;
    for (int i = 0; i < power.length; i++) {
      double change = sums.actualOver[i] - sums.forecastOver[i];
      if (table.isRatio()) {
        double under = sums.actualUnder[i] - sums.forecastUnder[i];
        double all = total(sums.forecastUnder);
        double divisor = all * (all + under);
        power[i] = divisor == 0 ? 0 : (change * all - under * total(sums.forecastOver)) / divisor;
      } else {
        power[i] = change;
      }
      whole += power[i];
    }
    for (int i = 0; i < power.length; i++) {
      power[i] = whole == 0 ? 0 : power[i] / whole;
    }
    return power;
  }

  private static double[] surprise(LeafTable table, Sums sums) {
    double[] surprise = new double[sums.actualOver.length];
    addSurprise(surprise, sums.forecastOver, sums.actualOver);
    if (table.isRatio()) {
      addSurprise(surprise, sums.forecastUnder, sums.actualUnder);
    }
    return surprise;
  }

  private static void addSurprise(double[] surprise, double[] forecast, double[] actual) {
    double allForecast = total(forecast);
    double allActual = total(actual);
    for (int i = 0; i < surprise.length; i++) {
      double before = allForecast == 0 ? 0 : forecast[i] / allForecast;
      double now = allActual == 0 ? 0 : actual[i] / allActual;
      surprise[i] += (divergence(before, now) + divergence(now, before)) / 2;
    }
  }

  private static double divergence(double one, double other) {
    return one <= 0 || one + other <= 0 ? 0 : one * Math.log(2 * one / (one + other));
  }

  private static double total(double[] sums) {
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  /** Sums of the values of a dimension. */
  private static final class Sums {
    private final double[] actualOver;
    private final double[] forecastOver;
    private final double[] actualUnder;
    private final double[] forecastUnder;

    private Sums(int values) {
      actualOver = new double[values];
      forecastOver = new double[values];
      actualUnder = new double[values];
      forecastUnder = new double[values];
    }

    static Sums of(LeafTable table, int dimension) {
      Sums sums = new Sums(table.cardinality(dimension));
      for (int leaf = 0; leaf < table.size(); leaf++) {
        int value = table.code(dimension, leaf);
        sums.actualOver[value] += table.actualOver(leaf);
        sums.forecastOver[value] += table.forecastOver(leaf);
        sums.actualUnder[value] += table.actualUnder(leaf);
        sums.forecastUnder[value] += table.forecastUnder(leaf);
      }
      return sums;
    }
  }
}
