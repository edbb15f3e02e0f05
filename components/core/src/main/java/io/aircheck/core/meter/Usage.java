package io.aircheck.core.meter;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What has been used so far, or between two moments.
 *
 * @param amounts by quantity, in its unit, never negative; what is not named was not used
 */
public record Usage(Map<Quantity, Double> amounts) {
  /** Nothing. */
  public static final Usage NONE = new Usage(Map.of());

  /**
   * @throws IllegalArgumentException when an amount is negative or not a number
   */
  public Usage {
    Map<Quantity, Double> sorted = new EnumMap<>(Quantity.class);
    amounts.forEach(
        (quantity, amount) -> {
          if (!(amount >= 0)) {
            throw new IllegalArgumentException(quantity + " cannot be " + amount);
          }
          if (amount > 0) {
            sorted.put(quantity, amount);
          }
        });
    amounts = Collections.unmodifiableMap(sorted);
  }

  /** So much of one quantity. */
  public static Usage of(Quantity quantity, double amount) {
    return new Usage(Map.of(quantity, amount));
  }

  /** How much of it; 0 when none was used. */
  public double of(Quantity quantity) {
    return amounts.getOrDefault(quantity, 0.0);
  }

  /** Both together. */
  public Usage plus(Usage other) {
    Map<Quantity, Double> sum = new EnumMap<>(Quantity.class);
    sum.putAll(amounts);
    other.amounts.forEach((quantity, amount) -> sum.merge(quantity, amount, Double::sum));
    return new Usage(sum);
  }

  /**
   * What was used since an earlier moment of the same meter.
   *
   * @throws IllegalArgumentException when {@code earlier} is not earlier
   */
  public Usage since(Usage earlier) {
    Map<Quantity, Double> rest = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      rest.put(quantity, of(quantity) - earlier.of(quantity));
    }
    return new Usage(rest);
  }

  /** So many times as much. */
  public Usage times(double factor) {
    Map<Quantity, Double> scaled = new EnumMap<>(Quantity.class);
    amounts.forEach((quantity, amount) -> scaled.put(quantity, amount * factor));
    return new Usage(scaled);
  }

  /**
   * As much as one stream uses in an hour.
   *
   * @throws IllegalStateException when no stream was watched
   */
  public Usage perStreamHour() {
    double seconds = of(Quantity.STREAM_SECONDS);
    if (seconds == 0) {
      throw new IllegalStateException("no stream was watched: nothing to relate the usage to");
    }
    return times(3_600 / seconds);
  }
}
