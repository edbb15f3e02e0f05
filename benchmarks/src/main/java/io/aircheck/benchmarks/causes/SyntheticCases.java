package io.aircheck.benchmarks.causes;

import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.cause.LeafTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tables made as RiskLoc's publication describes its data sets S and L; by other random numbers, so
 * the tables are others. Leaves are Weibull distributed, some are zero; forecasts miss them by a
 * normal error, on either side; causes make their leaves smaller, on the side on which the errors
 * already are.
 *
 * @param name of the data set
 * @param sizes how many values each dimension has
 * @param mostNoise largest relative error of forecasts
 * @param leastSeverity smallest share by which a cause makes its leaves smaller, beyond the noise
 * @param mostDeviation largest standard deviation of that share within a cause
 * @param mostCauses groups of causes
 * @param mostElements causes of a group, which are of the same dimensions
 * @param leavesOnly whether causes have values of all dimensions
 */
public record SyntheticCases(
    String name,
    List<Integer> sizes,
    double mostNoise,
    double leastSeverity,
    double mostDeviation,
    int mostCauses,
    int mostElements,
    boolean leavesOnly) {

  /** Data set S: up to three groups of up to three causes, of any dimensions. */
  public static final SyntheticCases S =
      new SyntheticCases("S (own)", List.of(10, 12, 10, 8, 5), 0.25, 0.2, 0.1, 3, 3, false);

  /** Data set L: up to five single leaves. */
  public static final SyntheticCases L =
      new SyntheticCases("L (own)", List.of(10, 24, 10, 15), 0.1, 0.5, 0, 5, 1, true);

  private static final double MOST_ZEROS = 0.25;

  /** Makes so many cases, the same each time. */
  public void make(int count, Consumer<Case> consumer) {
    for (int i = 0; i < count; i++) {
      consumer.accept(new Making(new Random(1_000_003L * sizes.size() + i)).make(i));
    }
  }

  /** Causes of the same dimensions, which make their leaves smaller by the same share. */
  private record Group(int[] dimensions, Set<List<Integer>> elements, double share, double spread) {
    boolean has(int[] leaf) {
      return elements.contains(Arrays.stream(dimensions).map(at -> leaf[at]).boxed().toList());
    }
  }

  private final class Making {
    private final Random random;
    private final double noise;
    private final double[] actual;
    private final double[] forecast;

    Making(Random random) {
      this.random = random;
      int leaves = sizes.stream().reduce(1, (one, other) -> one * other);
      double zeros = random.nextDouble() * MOST_ZEROS;
      noise = random.nextDouble() * mostNoise;
      double alpha = 0.5 + random.nextDouble() / 2;
      actual = new double[leaves];
      forecast = new double[leaves];
      for (int i = 0; i < leaves; i++) {
        double weibull = 100 * Math.pow(-Math.log(1 - random.nextDouble()), 1 / alpha);
        double value = random.nextDouble() < zeros ? 0 : weibull;
        double missed = Math.max(0, value * (1 + noise * random.nextGaussian()));
        boolean swapped = random.nextBoolean();
        actual[i] = swapped ? missed : value;
        forecast[i] = swapped ? value : missed;
      }
    }

    Case make(int number) {
      List<Group> groups = new ArrayList<>();
      int wanted = 1 + random.nextInt(mostCauses);
      while (groups.size() < wanted) {
        Group group = group(groups);
        if (group != null) {
          groups.add(group);
        }
      }
      boolean rise = Arrays.stream(actual).sum() > Arrays.stream(forecast).sum();
      for (int i = 0; i < actual.length; i++) {
        int[] leaf = leaf(i);
        for (Group group : groups) {
          if (group.has(leaf)) {
            double share = group.share() + group.spread() * random.nextGaussian();
            double normal = rise ? actual[i] : forecast[i];
            double smaller = Math.max(0, normal * (1 - share));
            actual[i] = rise ? normal : smaller;
            forecast[i] = rise ? smaller : normal;
          }
        }
      }
      return new Case(name, String.valueOf(number), table(), truth(groups));
    }

    /** Another group that overlaps none; null if that did not come about. */
    private @Nullable Group group(List<Group> others) {
      int dimensionCount = leavesOnly ? sizes.size() : 1 + random.nextInt(sizes.size());
      List<Integer> all = new ArrayList<>(IntStream.range(0, sizes.size()).boxed().toList());
      Collections.shuffle(all, random);
      int[] dimensions = all.stream().limit(dimensionCount).mapToInt(at -> at).sorted().toArray();
      boolean leaves = dimensionCount == sizes.size();
      if (!leaves && others.stream().anyMatch(it -> Arrays.equals(it.dimensions(), dimensions))) {
        return null;
      }
      Map<Integer, Set<Integer>> used = new HashMap<>();
      for (Group other : others) {
        for (List<Integer> element : other.elements()) {
          for (int i = 0; i < element.size(); i++) {
            used.computeIfAbsent(other.dimensions()[i], at -> new HashSet<>()).add(element.get(i));
          }
        }
      }
      int wanted = 1 + random.nextInt(mostElements);
      Set<List<Integer>> elements = new LinkedHashSet<>();
      for (int i = 0; i < wanted; i++) {
        List<Integer> element = new ArrayList<>();
        for (int dimension : dimensions) {
          int value = random.nextInt(sizes.get(dimension));
          if (used.getOrDefault(dimension, Set.of()).contains(value)) {
            return null;
          }
          element.add(value);
        }
        elements.add(element);
      }
      double share = leastSeverity + random.nextDouble() * (1 - leastSeverity) + noise;
      Group group = new Group(dimensions, elements, share, random.nextDouble() * mostDeviation);
      boolean empty = leaves && hasEmptyLeaf(group);
      return elements.size() < wanted || empty ? null : group;
    }

    private boolean hasEmptyLeaf(Group group) {
      return IntStream.range(0, actual.length).anyMatch(i -> actual[i] == 0 && group.has(leaf(i)));
    }

    private int[] leaf(int index) {
      int[] values = new int[sizes.size()];
      int rest = index;
      for (int i = values.length - 1; i >= 0; i--) {
        values[i] = rest % sizes.get(i);
        rest /= sizes.get(i);
      }
      return values;
    }

    private LeafTable table() {
      LeafTable.Builder table = LeafTable.ofSum(dimensionNames());
      for (int i = 0; i < actual.length; i++) {
        List<String> values = Arrays.stream(leaf(i)).mapToObj(String::valueOf).toList();
        table.add(values, actual[i], forecast[i]);
      }
      return table.build();
    }

    private Set<Combination> truth(List<Group> groups) {
      Set<Combination> truth = new HashSet<>();
      for (Group group : groups) {
        for (List<Integer> element : group.elements()) {
          Map<String, String> values = new TreeMap<>();
          for (int i = 0; i < element.size(); i++) {
            values.put(dimensionNames().get(group.dimensions()[i]), String.valueOf(element.get(i)));
          }
          truth.add(new Combination(values));
        }
      }
      return truth;
    }

    private List<String> dimensionNames() {
      return IntStream.range(0, sizes.size()).mapToObj(i -> "d" + i).toList();
    }
  }
}
