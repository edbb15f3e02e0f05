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
 * <p>A combination stands out by how much likelier it is that its leaves have one mean deviation
 * and the others another than that all have one (M. Kulldorff, L. Huang, K. Konty: A scan statistic
 * for continuous data based on the normal probability model, International Journal of Health
 * Geographics 8, 2009). From that is taken what it costs to name it among all of its kind, in nats:
 * {@code ln(ways to choose its dimensions) + ln(combinations of their values)} (minimum description
 * length, J. Rissanen, Automatica 14, 1978). Whether anything changed there at all is another
 * question, which is put to the sums of the place ({@link Evidence}, less the same cost); that is
 * the score of a cause. If no place stands out, but all together changed, the change is everywhere.
 *
 * <p>Of a ratio, what is expected of a leaf is its forecast ratio with the denominator that came:
 * that viewers move to where it was always worse is no fault of that place. A forecast of few
 * events is drawn to the ratio of all, by half an event. In each of at most causes + 2 rounds sums
 * are taken for eight spreads, of leaves for the finest cuboids and of combinations for the others
 * ({@link Cuboids}).
 */
public final class LikelihoodScan implements CauseFinder {
  /** What is sought: at most five causes, of at most three dimensions. */
  public static final LikelihoodScan DEFAULT = new LikelihoodScan(5, 3, 5, 20);

  /** So much of an event is added to a forecast ratio, as everywhere. */
  private static final double EVENTS_AS_EVERYWHERE = 0.5;

  /**
   * Nats by which places differ that are of the same leaves, which are added up in another order.
   */
  private static final double ALIKE = 1e-6;

  /** So many places are tried beyond those that explain most. */
  private static final int AHEAD = 2;

  private final int mostCauses;
  private final int mostDimensions;
  private final double leastScore;
  private final double leastOfFurther;

  /**
   * @param mostCauses how many causes are sought at most
   * @param mostDimensions how many dimensions a cause has at most
   * @param leastScore of the first cause, nats; a cause of noise alone has x with a probability of
   *     about exp(−x)
   * @param leastOfFurther by how much each further cause has to stand out beyond what it costs to
   *     name, nats: leaves are not as normal as they are taken to be, so more than the first
   */
  public LikelihoodScan(
      int mostCauses, int mostDimensions, double leastScore, double leastOfFurther) {
    this.mostCauses = mostCauses;
    this.mostDimensions = mostDimensions;
    this.leastScore = leastScore;
    this.leastOfFurther = leastOfFurther;
  }

  /**
   * The causes of a rise or of a fall, whichever they explain more of: among many leaves the errors
   * of their forecasts can turn the whole the other way. If neither has a place that stands out,
   * the change of the whole. The dispersion is that of the table.
   */
  @Override
  public List<Cause> find(LeafTable table) {
    double[] actual = actual(table);
    double dispersion = Noise.dispersionOf(actual, expected(table, 0));
    double[] expected = expected(table, EVENTS_AS_EVERYWHERE * dispersion);
    Noise noise = new Noise(dispersion, 0);
    Cuboids cuboids = new Cuboids(table, mostDimensions);
    boolean rises = Arrays.stream(actual).sum() >= Arrays.stream(expected).sum();
    Found rise = search(cuboids, actual, expected, Direction.RISE, noise).find();
    Found fall = search(cuboids, actual, expected, Direction.FALL, noise).find();
    if (rise.explained() == fall.explained()) {
      return rises ? rise.causes() : fall.causes();
    }
    return rise.explained() > fall.explained() ? rise.causes() : fall.causes();
  }

  /** The causes of a change in one direction, with known noise. */
  public List<Cause> find(LeafTable table, Direction direction, Noise noise) {
    double[] actual = actual(table);
    double[] expected = expected(table, EVENTS_AS_EVERYWHERE * noise.dispersion());
    Cuboids cuboids = new Cuboids(table, mostDimensions);
    return search(cuboids, actual, expected, direction, noise).find().causes();
  }

  private Search search(
      Cuboids cuboids, double[] actual, double[] expected, Direction direction, Noise noise) {
    double[] excess = excess(actual, expected, direction);
    Deviations deviations = new Deviations(excess, total(actual, expected), noise.dispersion());
    Evidence evidence = new Evidence(actual, expected, direction, noise);
    return new Search(cuboids, excess, deviations, evidence);
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

  /** A combination, what it costs to name, and how much more than that it stands out, nats. */
  private record Place(Cuboid cuboid, int element, double cost, double standsOut) {
    int[] leaves() {
      return cuboid.leaves(element);
    }
  }

  /**
   * Causes of a change in one direction.
   *
   * @param explained how much more than they cost to name they stand out together, nats; 0: no
   *     place does, and the causes are at most that the change is everywhere
   */
  private record Found(List<Cause> causes, double explained) {}

  private final class Search {
    private final Cuboids cuboids;
    private final Deviations deviations;
    private final Evidence evidence;
    private final double whole;

    /** How much more than expected came, or less, by leaf; 0 of leaves that are left out. */
    private final double[] excess;

    Search(Cuboids cuboids, double[] excess, Deviations deviations, Evidence evidence) {
      this.cuboids = cuboids;
      this.excess = excess;
      this.deviations = deviations;
      this.evidence = evidence;
      whole = Arrays.stream(excess).sum();
    }

    /**
     * Names places until two more explain nothing, and keeps as many as explain most beyond what
     * they cost: one of two faults hardly stands out before the other is named.
     */
    Found find() {
      List<Cause> causes = new ArrayList<>();
      List<Cause> everywhere = everywhere();
      double standsOut = 0;
      double most = 0;
      int kept = 0;
      while (causes.size() < Math.min(mostCauses, kept + AHEAD)) {
        Place place = best();
        if (place == null) {
          break;
        }
        standsOut += place.standsOut() - (causes.isEmpty() ? 0 : leastOfFurther);
        causes.add(cause(place));
        if (standsOut > most) {
          most = standsOut;
          kept = causes.size();
        }
        leaveOut(place);
      }
      List<Cause> places = List.copyOf(causes.subList(0, kept));
      return places.isEmpty() || places.getFirst().score() < leastScore
          ? new Found(everywhere, 0)
          : new Found(places, most);
    }

    private List<Cause> everywhere() {
      double score = evidence.ofAll();
      return score > 0 && score >= leastScore
          ? List.of(new Cause(Combination.EVERYWHERE, 1, score))
          : List.of();
    }

    private @Nullable Place best() {
      Place best = null;
      double[][] gains = deviations.gains(cuboids);
      double[][] excesses = cuboids.sums(excess);
      int number = 0;
      for (List<Cuboid> layer : cuboids.layers()) {
        for (Cuboid cuboid : layer) {
          double cost = Math.log(layer.size()) + Math.log(cuboid.elements());
          best = better(best, cuboid, cost, gains[number], excesses[number]);
          number++;
        }
      }
      return best;
    }

    private static @Nullable Place better(
        @Nullable Place before, Cuboid cuboid, double cost, double[] gains, double[] excesses) {
      Place best = before;
      for (int element = 0; element < gains.length; element++) {
        double standsOut = gains[element] - cost;
        if (gains[element] > 0
            && excesses[element] > 0
            && (best == null || standsOut > best.standsOut() + ALIKE)) {
          best = new Place(cuboid, element, cost, standsOut);
        }
      }
      return best;
    }

    private Cause cause(Place place) {
      double there = Arrays.stream(place.leaves()).mapToDouble(leaf -> excess[leaf]).sum();
      double share = whole <= 0 ? 1 : there / whole;
      double score = evidence.of(place.leaves()) - place.cost();
      return new Cause(place.cuboid().combination(place.element()), share, score);
    }

    private void leaveOut(Place place) {
      deviations.leaveOut(place.leaves());
      evidence.leaveOut(place.leaves());
      for (int leaf : place.leaves()) {
        excess[leaf] = 0;
      }
    }
  }
}
