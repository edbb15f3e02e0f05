package io.aircheck.core.meter;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;

/** Adds up what is used, from its creation on. Thread-safe, and cheap from many threads. */
public final class Meter {
  private final Map<Quantity, DoubleAdder> sums = new EnumMap<>(Quantity.class);

  public Meter() {
    for (Quantity quantity : Quantity.values()) {
      sums.put(quantity, new DoubleAdder());
    }
  }

  /**
   * So much more was used.
   *
   * @param amount in the unit of the quantity
   * @throws IllegalArgumentException when it is negative or not a number
   */
  public void add(Quantity quantity, double amount) {
    if (!(amount >= 0)) {
      throw new IllegalArgumentException(quantity + " cannot grow by " + amount);
    }
    sum(quantity).add(amount);
  }

  /** All of this was used as well. */
  public void add(Usage usage) {
    usage.amounts().forEach(this::add);
  }

  /** So far. While others add, each quantity is right by itself, but not all are of one moment. */
  public Usage usage() {
    Map<Quantity, Double> now = new EnumMap<>(Quantity.class);
    sums.forEach((quantity, sum) -> now.put(quantity, sum.sum()));
    return new Usage(now);
  }

  private DoubleAdder sum(Quantity quantity) {
    DoubleAdder sum = sums.get(quantity);
    if (sum == null) {
      throw new IllegalStateException("every quantity has a sum from the start");
    }
    return sum;
  }
}
