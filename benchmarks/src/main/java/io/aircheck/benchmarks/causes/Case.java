package io.aircheck.benchmarks.causes;

import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.cause.LeafTable;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table with known causes.
 *
 * @param dataset the data set that it is of
 * @param name its own name
 * @param table what was forecast and what came
 * @param truth the causes
 */
public record Case(String dataset, String name, LeafTable table, Set<Combination> truth) {
  public Case {
    truth = Set.copyOf(truth);
  }

  /** Causes as the data sets write them: {@code a=a1&b=b2;c=c3}. */
  static Set<Combination> causes(String written) {
    return Arrays.stream(written.split(";")).map(Case::cause).collect(Collectors.toSet());
  }

  private static Combination cause(String written) {
    Map<String, String> values = new TreeMap<>();
    for (String value : written.split("&")) {
      int equals = value.indexOf('=');
      values.put(value.substring(0, equals).strip(), value.substring(equals + 1).strip());
    }
    return new Combination(values);
  }
}
