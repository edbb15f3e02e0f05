package io.aircheck.app.cost;

import io.aircheck.core.detect.Suggestion;
import io.aircheck.core.meter.Quantity;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Quantities in files and reports: {@code cpuSeconds} for {@link Quantity#CPU_SECONDS}. */
final class QuantityNames {
  private static final Map<String, Quantity> BY_NAME = new TreeMap<>();

  static {
    for (Quantity quantity : Quantity.values()) {
      BY_NAME.put(name(quantity), quantity);
    }
  }

  private QuantityNames() {}

  /** The name of a quantity. */
  static String name(Quantity quantity) {
    StringBuilder name = new StringBuilder();
    for (String word : quantity.name().toLowerCase(Locale.ROOT).split("_")) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }

  /**
   * The quantity of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Quantity parse(String name) {
    Quantity quantity = BY_NAME.get(name);
    if (quantity == null) {
      throw new IllegalArgumentException(
          "unknown quantity " + name + Suggestion.among(BY_NAME.keySet(), name));
    }
    return quantity;
  }
}
