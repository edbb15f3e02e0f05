package io.aircheck.app.serve.http;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Families of metrics in which each of some things has a sample.
 *
 * @param prefix what the names of all begin with
 * @param label of the samples, whose value is the name of the thing
 */
record NamedFamilies<T>(
    OpenMetrics metrics, String prefix, String label, List<T> things, Function<T, String> name) {
  NamedFamilies {
    things = List.copyOf(things);
  }

  /**
   * Adds a family.
   *
   * @param what its name without the prefix, and without the {@code _total} of a counter
   */
  void add(String what, String type, String help, ToLongFunction<T> value) {
    String family = prefix + what;
    metrics.family(family, type, help);
    String sample = type.equals("counter") ? family + "_total" : family;
    for (T thing : things) {
      metrics.sample(sample, label, name.apply(thing), value.applyAsLong(thing));
    }
  }
}
