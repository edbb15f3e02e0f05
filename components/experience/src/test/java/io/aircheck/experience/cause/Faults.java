package io.aircheck.experience.cause;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Tables of three CDNs, four countries and three devices, with faults of known size. */
final class Faults {
  static final List<String> DIMENSIONS = List.of("cdn", "country", "device");

  private Faults() {}

  /** A leaf's values. */
  record Leaf(String cdn, String country, String device) {
    List<String> values() {
      return List.of(cdn, country, device);
    }
  }

  static List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>();
    for (String cdn : List.of("cdn-a", "cdn-b", "cdn-c")) {
      for (String country : List.of("DE", "ES", "FR", "IT")) {
        for (String device : List.of("phone", "tv", "web")) {
          leaves.add(new Leaf(cdn, country, device));
        }
      }
    }
    return leaves;
  }

  /** Of each leaf 100 was forecast, and that times a factor came. */
  static LeafTable sums(ToDoubleFunction<Leaf> factor) {
    return sums(leaves(), factor);
  }

  /** The same with the leaves in another order. */
  static LeafTable shuffled(long seed, ToDoubleFunction<Leaf> factor) {
    List<Leaf> leaves = leaves();
    Collections.shuffle(leaves, new Random(seed));
    return sums(leaves, factor);
  }

  private static LeafTable sums(List<Leaf> leaves, ToDoubleFunction<Leaf> factor) {
    LeafTable.Builder table = LeafTable.ofSum(DIMENSIONS);
    leaves.forEach(leaf -> table.add(leaf.values(), 100 * factor.applyAsDouble(leaf), 100));
    return table.build();
  }

  /** Of each leaf 2 % of 5000 was forecast, and that times a factor came. */
  static LeafTable ratios(ToDoubleFunction<Leaf> factor) {
    LeafTable.Builder table = LeafTable.ofRatio(DIMENSIONS);
    leaves()
        .forEach(
            leaf -> table.add(leaf.values(), 100 * factor.applyAsDouble(leaf), 100, 5000, 5000));
    return table.build();
  }

  static Combination where(String dimension, String value) {
    return Combination.of(List.of(dimension), List.of(value));
  }

  static Combination where(String one, String value, String two, String other) {
    return Combination.of(List.of(one, two), List.of(value, other));
  }
}
