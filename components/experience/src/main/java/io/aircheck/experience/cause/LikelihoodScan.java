package io.aircheck.experience.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks through all combinations of values for the one whose leaves are told apart best from the
 * others by one common deviation, leaves these out, and goes on. Leaves count by their traffic, so
 * that a handful of unlucky viewers is no cause; but only up to what leaves of the same place
 * differ ({@link Deviations}), so that a part of a fault that is hit a little more than the rest is
 * none either.
 *
 * <p>A combination is as good as it is likelier that its leaves have one mean and the others have
 * another than that all have one, as in the spatial scan of M. Kulldorff: A spatial scan statistic,
 * Communications in Statistics 26, 1997, for normal deviations (M. Kulldorff, L. Huang, K. Konty: A
 * scan statistic for continuous data based on the normal probability model, International Journal
 * of Health Geographics 8, 2009). From that is taken what it costs to name it among all of its
 * kind, in nats: {@code ln(ways to choose its dimensions) + ln(combinations of their values)}
 * (minimum description length, J. Rissanen, Automatica 14, 1978). If none stands out, and all
 * leaves deviate, the change is everywhere.
 *
 * <p>Of a ratio, what is expected of a leaf is its forecast ratio with the denominator that came:
 * that viewers move to where it was always worse is no fault of that place. A forecast of few
 * events is drawn to the ratio of all, by half an event. The work is at most leaves × combinations
 * of dimensions × causes × 8.
 */
public final class LikelihoodScan implements CauseFinder {
  /** What is sought: at most five causes, of at most three dimensions. */
  public static final LikelihoodScan DEFAULT = new LikelihoodScan(5, 3, 5, 20);

  /** So much of an event is added to a forecast ratio, as everywhere. */
  private static final double EVENTS_AS_EVERYWHERE = 0.5;

  /** So many places are named beyond those that explain most. */
  private static final int AHEAD = 2;

  private final int mostCauses;
  private final int mostDimensions;
  private final double leastScore;
  private final double leastScoreOfFurther;

  /**
   * @param mostCauses how many causes are sought at most
   * @param mostDimensions how many dimensions a cause has at most
   * @param leastScore by how much the first cause explains more than it costs to name, nats, if the
   *     noise is known; a cause of noise alone has x with a probability of about exp(−x)
   * @param leastScoreOfFurther the same, of each further one; more, since leaves of a fault, and of
   *     what it touches, are not as normal as the others
   */
  public LikelihoodScan(
      int mostCauses, int mostDimensions, double leastScore, double leastScoreOfFurther) {
    this.mostCauses = mostCauses;
    this.mostDimensions = mostDimensions;
    this.leastScore = leastScore;
    this.leastScoreOfFurther = leastScoreOfFurther;
  }

  /**
   * The causes of the change of the whole, in its direction. The noise is that of the table; since
   * there is a change, the place that explains it best is told however little it stands out.
   */
  @Override
  public List<Cause> find(LeafTable table) {
    double[] actual = actual(table);
    double dispersion = Noise.dispersionOf(actual, expected(table, 0));
    double[] expected = expected(table, EVENTS_AS_EVERYWHERE * dispersion);
    boolean rises = Arrays.stream(actual).sum() >= Arrays.stream(expected).sum();
    double[] excess = excess(actual, expected, rises ? Direction.RISE : Direction.FALL);
    Deviations deviations = Deviations.ofAnySpread(excess, total(actual, expected), dispersion);
    return new Search(layers(table), excess, deviations).find(0);
  }

  /** The causes of a change in one direction, with known noise. */
  public List<Cause> find(LeafTable table, Direction direction, Noise noise) {
    double[] actual = actual(table);
    double[] expected = expected(table, EVENTS_AS_EVERYWHERE * noise.dispersion());
    double[] excess = excess(actual, expected, direction);
    Deviations deviations = Deviations.ofSpread(excess, total(actual, expected), noise);
    return new Search(layers(table), excess, deviations).find(leastScore);
  }

  /** Cuboids by their number of dimensions, from none. */
  private List<List<Cuboid>> layers(LeafTable table) {
    List<List<Cuboid>> layers = new ArrayList<>();
    int deepest = Math.min(mostDimensions, table.dimensions().size());
    for (int layer = 0; layer <= deepest && table.size() > 0; layer++) {
      layers.add(Cuboid.layer(table, layer));
    }
    return layers;
  }

  private static double[] actual(LeafTable table) {
    double[] actual = new double[table.size()];
    Arrays.setAll(actual, leaf -> Math.max(0, table.actualOver(leaf)));
    return actual;
  }

  /** What is expected, with so much of a numerator, and a denominator for it as everywhere. */
  private static double[] expected(LeafTable table, double added) {
    double over = 0;
    double under = 0;
    for (int leaf = 0; leaf < table.size(); leaf++) {
      over += table.forecastOver(leaf);
      under += table.forecastUnder(leaf);
    }
    double whole = under == 0 ? 0 : over / under;
    double few = table.isRatio() && whole > 0 ? added : 0;
    double[] expected = new double[table.size()];
    Arrays.setAll(
        expected,
        leaf -> {
          double of = table.forecastUnder(leaf) + (few == 0 ? 0 : few / whole);
          double ratio = of == 0 ? whole : (table.forecastOver(leaf) + few) / of;
          return Math.max(0, ratio * table.actualUnder(leaf));
        });
    return expected;
  }

  private static double[] excess(double[] actual, double[] expected, Direction direction) {
    double[] excess = new double[actual.length];
    Arrays.setAll(excess, leaf -> direction.excess(actual[leaf], expected[leaf]));
    return excess;
  }

  private static double[] total(double[] actual, double[] expected) {
    double[] total = new double[actual.length];
    Arrays.setAll(total, leaf -> actual[leaf] + expected[leaf]);
    return total;
  }

  /** A combination and what speaks for it. */
  private record Place(Cuboid cuboid, int element, double score) {
    int[] leaves() {
      return cuboid.leaves(element);
    }
  }

  private final class Search {
    private final List<List<Cuboid>> layers;
    private final Deviations deviations;
    private final double whole;
    private final double gainOfAll;

    /** How much more than expected came, or less, by leaf; 0 of leaves that are left out. */
    private final double[] excess;

    Search(List<List<Cuboid>> layers, double[] excess, Deviations deviations) {
      this.layers = layers;
      this.excess = excess;
      this.deviations = deviations;
      whole = Arrays.stream(excess).sum();
      gainOfAll = deviations.gainOfAll();
    }

    /**
     * Names places until two more explain nothing, and keeps as many as explain most beyond what
     * they cost: one of two faults hardly stands out before the other is named.
     */
    List<Cause> find(double leastScoreOfAll) {
      List<Cause> causes = new ArrayList<>();
      double score = 0;
      double best = Double.NEGATIVE_INFINITY;
      int kept = 0;
      while (causes.size() < Math.min(mostCauses, kept + AHEAD)) {
        Place place = best();
        if (place == null) {
          break;
        }
        score += place.score() - (causes.isEmpty() ? 0 : leastScoreOfFurther);
        causes.add(cause(place));
        if (score > best) {
          best = score;
          kept = causes.size();
        }
        leaveOut(place);
      }
      return best >= leastScoreOfAll ? causes.subList(0, kept) : everywhere();
    }

    private List<Cause> everywhere() {
      return gainOfAll > 0 && gainOfAll >= leastScore
          ? List.of(new Cause(Combination.EVERYWHERE, 1, gainOfAll))
          : List.of();
    }

    private @Nullable Place best() {
      Place best = null;
      for (List<Cuboid> layer : layers) {
        for (Cuboid cuboid : layer) {
          double[] gains = deviations.gains(cuboid);
          double[] excesses = cuboid.sums(excess);
          double cost = Math.log(layer.size()) + Math.log(Math.max(1, cuboid.elements()));
          for (int element = 0; element < gains.length; element++) {
            double score = gains[element] - cost;
            if (gains[element] > 0
                && excesses[element] > 0
                && (best == null || score > best.score())) {
              best = new Place(cuboid, element, score);
            }
          }
        }
      }
      return best;
    }

    private Cause cause(Place place) {
      double there = Arrays.stream(place.leaves()).mapToDouble(leaf -> excess[leaf]).sum();
      double share = whole <= 0 ? 1 : there / whole;
      return new Cause(place.cuboid().combination(place.element()), share, place.score());
    }

    private void leaveOut(Place place) {
      deviations.leaveOut(place.leaves());
      for (int leaf : place.leaves()) {
        excess[leaf] = 0;
      }
    }
  }
}
