package io.aircheck.experience.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Percentiles of values with weights, by bins. Of values with a weight of w in all, the one at a
 * share s is the first up to and with which there is more than s·(w - 1), as DDSketch has it.
 */
public final class Percentiles {
  /** A value with its weight, which is above zero. */
  record Bin(double value, double weight) {}

  private final List<Bin> bins;
  private final double weight;

  Percentiles(List<Bin> bins) {
    this.bins = new ArrayList<>(bins);
    this.bins.sort(Comparator.comparingDouble(Bin::value));
    this.weight = bins.stream().mapToDouble(Bin::weight).sum();
  }

  /**
   * The value at a share.
   *
   * @param share 0..1
   * @return empty where there are no values
   */
  public OptionalDouble at(double share) {
    double rank = share * Math.max(0, weight - 1);
    double below = 0;
    for (Bin bin : bins) {
      below += bin.weight();
      if (below > rank) {
        return OptionalDouble.of(bin.value());
      }
    }
    return bins.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(bins.getLast().value());
  }
}
