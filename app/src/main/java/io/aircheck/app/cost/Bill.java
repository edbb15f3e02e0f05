package io.aircheck.app.cost;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a stream costs in an hour, and what an account would allow.
 *
 * @param perStreamHour what a stream uses in an hour
 * @param items by cost, the dearest first; what is free last
 * @param total sum of the items, in the currency of the prices
 * @param limit the quota that is reached first; empty: none limits what is used
 */
public record Bill(Usage perStreamHour, List<Item> items, double total, Optional<Limit> limit) {
  private static final double SECONDS_PER_HOUR = 3_600;

  public Bill {
    items = List.copyOf(items);
  }

  /**
   * A line of a bill.
   *
   * @param amount used, in the quantity's unit
   * @param cost of it, in the currency
   * @param share of the total, 0 to 1
   */
  public record Item(Quantity quantity, double amount, double cost, double share) {}

  /**
   * A quota that is reached.
   *
   * @param streams how many streams at once reach it
   */
  public record Limit(Prices.Quota quota, double streams) {}

  /**
   * The bill for what was metered.
   *
   * @throws IllegalStateException when no stream was watched
   */
  public static Bill of(Usage metered, Prices prices) {
    Usage hourly = metered.perStreamHour();
    double total =
        hourly.amounts().entrySet().stream()
            .mapToDouble(used -> prices.cost(used.getKey(), used.getValue()))
            .sum();
    List<Item> items = new ArrayList<>();
    hourly
        .amounts()
        .forEach(
            (quantity, amount) -> {
              if (quantity != Quantity.STREAM_SECONDS) {
                double cost = prices.cost(quantity, amount);
                items.add(new Item(quantity, amount, cost, total == 0 ? 0 : cost / total));
              }
            });
    items.sort(Comparator.comparingDouble(Item::cost).reversed());
    return new Bill(hourly, items, total, limit(hourly, prices));
  }

  private static Optional<Limit> limit(Usage hourly, Prices prices) {
    return prices.quotas().stream()
        .filter(quota -> hourly.of(quota.quantity()) > 0)
        .map(
            quota ->
                new Limit(
                    quota, quota.perSecond() * SECONDS_PER_HOUR / hourly.of(quota.quantity())))
        .min(Comparator.comparingDouble(Limit::streams));
  }
}
