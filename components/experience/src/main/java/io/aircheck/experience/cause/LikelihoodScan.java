package io.aircheck.experience.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks through all combinations of values for the one whose leaves are explained best by one
 * common factor, leaves these out, and goes on. Leaves count by their traffic, so that a handful of
 * unlucky viewers is no cause.
 *
 * <p>Of leaves with C in all where E was expected, a common factor C / E is likelier than none by
 * {@code C ln(C / E) + E − C}, the expectation-based Poisson statistic of D. Neill:
 * Expectation-based scan statistics for monitoring spatial time series data, International Journal
 * of Forecasting 25, 2009, after M. Kulldorff: A spatial scan statistic, Communications in
 * Statistics 26, 1997. It is largest for exactly the leaves that share the factor: more leaves
 * dilute it, fewer have less of it. Leaves are scaled first so that their variance is their mean
 * ({@link Noise}).
 *
 * <p>From that is taken what it costs to name the combination among all of its kind, in nats:
 * {@code ln(ways to choose its dimensions) + ln(combinations of their values)} (minimum description
 * length, J. Rissanen, Automatica 14, 1978). A combination of which parts along a further dimension
 * explain more, each at its own cost, is given up for its best part. All views together cost
 * nothing: a change that is the same everywhere has no other cause.
 *
 * <p>Of a ratio, what is expected of a leaf is its forecast ratio with the denominator that came:
 * that viewers move to where it was always worse is no fault of that place. The work is at most
 * leaves × combinations of dimensions × causes.
 */
public final class LikelihoodScan implements CauseFinder {
  /** What is sought: at most five causes, of at most three dimensions. */
  public static final LikelihoodScan DEFAULT = new LikelihoodScan(5, 3, 5, 0.02);

  /** A factor of more than a hundred counts as a hundred. */
  private static final double LEAST_EXPECTED = 0.01;

  private final int mostCauses;
  private final int mostDimensions;
  private final double leastScore;
  private final double leastShare;

  /**
   * @param mostCauses how many causes are sought at most
   * @param mostDimensions how many dimensions a cause has at most
   * @param leastScore by how much a cause explains more than it costs to name, nats; a cause of
   *     noise alone has x with a probability of about exp(−x)
   * @param leastShare share of what the causes before it explain, at least, 0..1
   */
  public LikelihoodScan(int mostCauses, int mostDimensions, double leastScore, double leastShare) {
    this.mostCauses = mostCauses;
    this.mostDimensions = mostDimensions;
    this.leastScore = leastScore;
    this.leastShare = leastShare;
  }

  /** The causes in the direction that has the better first one; the noise is that of the table. */
  @Override
  public List<Cause> find(LeafTable table) {
    double[] expected = expected(table);
    Noise noise = Noise.of(actual(table), expected);
    List<List<Cuboid>> layers = layers(table);
    List<Cause> rise = find(new Search(table, layers, Direction.RISE, noise));
    List<Cause> fall = find(new Search(table, layers, Direction.FALL, noise));
    return score(rise) >= score(fall) ? rise : fall;
  }

  /** The causes of a change in one direction, with known noise. */
  public List<Cause> find(LeafTable table, Direction direction, Noise noise) {
    return find(new Search(table, layers(table), direction, noise));
  }

  private List<Cause> find(Search search) {
    List<Cause> causes = new ArrayList<>();
    double explained = 0;
    while (causes.size() < mostCauses) {
      Place place = search.best();
      if (place == null || place.score() < leastScore) {
        break;
      }
      double excess = search.excess(place);
      if (excess < leastShare * explained) {
        break;
      }
      explained += Math.max(0, excess);
      causes.add(search.cause(place, excess));
      search.leaveOut(place);
    }
    return causes;
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

  private static double score(List<Cause> causes) {
    return causes.isEmpty() ? Double.NEGATIVE_INFINITY : causes.getFirst().score();
  }

  private static double[] actual(LeafTable table) {
    double[] actual = new double[table.size()];
    Arrays.setAll(actual, leaf -> Math.max(0, table.actualOver(leaf)));
    return actual;
  }

  private static double[] expected(LeafTable table) {
    double over = 0;
    double under = 0;
    for (int leaf = 0; leaf < table.size(); leaf++) {
      over += table.forecastOver(leaf);
      under += table.forecastUnder(leaf);
    }
    double whole = under == 0 ? 0 : over / under;
    double[] expected = new double[table.size()];
    Arrays.setAll(
        expected,
        leaf -> {
          double ratio = table.forecastUnder(leaf) == 0 ? whole : table.forecast(leaf);
          return Math.max(0, ratio * table.actualUnder(leaf));
        });
    return expected;
  }

  /** A combination and what speaks for it. */
  private record Place(Cuboid cuboid, int element, double score) {}

  private static final class Search {
    private final List<List<Cuboid>> layers;
    private final Direction direction;
    private final double[] actual;
    private final double[] expected;

    /** What came and was expected of leaves that are not left out, scaled; 0 of the others. */
    private final double[] count;

    private final double[] mean;

    Search(LeafTable table, List<List<Cuboid>> layers, Direction direction, Noise noise) {
      this.layers = layers;
      this.direction = direction;
      actual = actual(table);
      expected = expected(table);
      count = new double[table.size()];
      mean = new double[table.size()];
      for (int leaf = 0; leaf < count.length; leaf++) {
        double scale = noise.scale(expected[leaf]);
        count[leaf] = scale * actual[leaf];
        mean[leaf] = Math.max(scale * expected[leaf], LEAST_EXPECTED * count[leaf]);
      }
    }

    @Nullable Place best() {
      Place best = null;
      for (List<Cuboid> layer : layers) {
        for (Cuboid cuboid : layer) {
          double[] gains = gains(cuboid);
          double cost = cost(layer, cuboid);
          for (int element = 0; element < gains.length; element++) {
            double score = gains[element] - cost;
            if (gains[element] > 0 && (best == null || score > best.score())) {
              best = new Place(cuboid, element, score);
            }
          }
        }
      }
      while (best != null) {
        Place part = part(best);
        if (part == null) {
          return best;
        }
        best = part;
      }
      return null;
    }

    /** The best part of a place, if its parts along a dimension explain more than the whole. */
    private @Nullable Place part(Place whole) {
      int deeper = whole.cuboid().dimensions().length + 1;
      if (deeper >= layers.size()) {
        return null;
      }
      double most = whole.score();
      Place best = null;
      for (Cuboid cuboid : layers.get(deeper)) {
        if (!contains(cuboid.dimensions(), whole.cuboid().dimensions())) {
          continue;
        }
        double[] gains = gains(cuboid);
        double cost = cost(layers.get(deeper), cuboid);
        double together = 0;
        Place first = null;
        for (int element : elements(cuboid, whole)) {
          double score = gains[element] - cost;
          together += Math.max(0, score);
          if (first == null || score > first.score()) {
            first = new Place(cuboid, element, score);
          }
        }
        if (together > most) {
          most = together;
          best = first;
        }
      }
      return best;
    }

    private int[] elements(Cuboid cuboid, Place whole) {
      return Arrays.stream(whole.cuboid().leaves(whole.element()))
          .map(cuboid::elementOf)
          .distinct()
          .toArray();
    }

    private double[] gains(Cuboid cuboid) {
      double[] counts = cuboid.sums(count);
      double[] means = cuboid.sums(mean);
      double[] gains = new double[counts.length];
      for (int element = 0; element < gains.length; element++) {
        gains[element] = gain(counts[element], means[element]);
      }
      return gains;
    }

    private double gain(double counted, double expectedOfIt) {
      if (direction.excess(counted, expectedOfIt) <= 0) {
        return 0;
      }
      double logarithm = counted <= 0 ? 0 : counted * Math.log(counted / expectedOfIt);
      return logarithm + expectedOfIt - counted;
    }

    private static double cost(List<Cuboid> layer, Cuboid cuboid) {
      return Math.log(layer.size()) + Math.log(Math.max(1, cuboid.elements()));
    }

    private static boolean contains(int[] larger, int[] smaller) {
      return Arrays.stream(smaller)
          .allMatch(dimension -> Arrays.binarySearch(larger, dimension) >= 0);
    }

    /** How much more than expected, or less, came at a place that is not left out. */
    double excess(Place place) {
      double excess = 0;
      for (int leaf : place.cuboid().leaves(place.element())) {
        if (count[leaf] > 0 || mean[leaf] > 0) {
          excess += direction.excess(actual[leaf], expected[leaf]);
        }
      }
      return excess;
    }

    Cause cause(Place place, double excess) {
      double whole = 0;
      for (int leaf = 0; leaf < actual.length; leaf++) {
        whole += direction.excess(actual[leaf], expected[leaf]);
      }
      double share = whole <= 0 ? 1 : excess / whole;
      return new Cause(place.cuboid().combination(place.element()), share, place.score());
    }

    void leaveOut(Place place) {
      for (int leaf : place.cuboid().leaves(place.element())) {
        count[leaf] = 0;
        mean[leaf] = 0;
      }
    }
  }
}
