package io.aircheck.app.cost;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be paid, as a rule for an hour of a stream, and what an account would allow.
 *
 * @param items by cost, the dearest first; what is free last
 * @param total sum of the items, in the currency of the prices
 * @param place the machine that it is for; empty: none
 * @param limit the quota that is reached first; empty: none limits what is used
 */
public record Bill(List<Item> items, double total, Optional<Place> place, Optional<Limit> limit) {
  private static final double SECONDS_PER_HOUR = 3_600;

  public Bill {
    items = List.copyOf(items);
  }

  /**
   * A line of a bill.
   *
   * @param used in the quantity's unit
   * @param paid for, in the same unit: also what is idle
   * @param cost of it, in the currency
   * @param share of the total, 0 to 1
   */
  public record Item(Quantity quantity, double used, double paid, double cost, double share) {}

  /**
   * A machine that streams share.
   *
   * @param streams as many as it holds
   */
  public record Place(Machine machine, int streams) {}

  /**
   * A quota that is reached.
   *
   * @param streams how many streams at once reach it
   */
  public record Limit(Prices.Quota quota, double streams) {}

  /**
   * The bill of a stream of which only is known what it uses. Cores and memory are paid for by the
   * usual utilisation.
   *
   * @throws IllegalStateException when no stream was watched
   */
  public static Bill of(Usage metered, Prices prices) {
    Usage hourly = metered.perStreamHour();
    Map<Quantity, Double> paid = new EnumMap<>(Quantity.class);
    paid.putAll(hourly.amounts());
    for (Quantity reserved : List.of(Quantity.CPU_SECONDS, Quantity.MEMORY_GB_SECONDS)) {
      paid.computeIfPresent(reserved, (quantity, amount) -> amount / prices.utilisation());
    }
    return of(hourly, new Usage(paid), prices, 1, oneByOne(prices), Optional.empty());
  }

  /** The bill of what no stream is charged with: all of it, paid for as it is used. */
  public static Bill inAll(Usage used, Prices prices) {
    return of(used, used, prices, 1, List.of(), Optional.empty());
  }

  /**
   * The bill of a stream of a deployment. Processes are paid for by the first machine of the prices
   * that holds one, used or not, divided by the streams that it holds.
   *
   * @throws IllegalArgumentException when none does
   */
  public static Bill of(MeasuredDeployment deployment, Prices prices) {
    Optional<ProcessLoad> load = deployment.load();
    if (load.isEmpty()) {
      return of(deployment.metered().getLast().usage(), prices);
    }
    return prices.machines().stream()
        .map(machine -> on(machine, deployment, load.get(), prices))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a stream of %s needs %.1f cores, more than any machine of the prices lets it use"
                        .formatted(deployment.id(), load.get().coresPerStream())));
  }

  /** The bill of a stream that shares a machine with as many as it holds; empty: not even one. */
  static Optional<Bill> on(
      Machine machine, MeasuredDeployment deployment, ProcessLoad load, Prices prices) {
    // What fits to the last bit must not be lost to rounding.
    int streams = (int) (load.streamsOn(machine, prices.utilisation()) + 1e-9);
    if (streams < 1) {
      return Optional.empty();
    }
    Map<Quantity, Double> used = new EnumMap<>(Quantity.class);
    used.putAll(deployment.perStreamHour().amounts());
    used.put(
        Quantity.MEMORY_GB_SECONDS,
        (load.fixedGb() / streams + load.gbPerStream()) * SECONDS_PER_HOUR);
    Map<Quantity, Double> paid = new EnumMap<>(used);
    paid.put(Quantity.CPU_SECONDS, machine.vCpus() * SECONDS_PER_HOUR / streams);
    paid.put(Quantity.MEMORY_GB_SECONDS, machine.memoryGb() * SECONDS_PER_HOUR / streams);
    return Optional.of(
        of(
            new Usage(used),
            new Usage(paid),
            prices,
            prices.rebate(machine),
            quotas(machine, prices),
            Optional.of(new Place(machine, streams))));
  }

  /** Of cores that are bought one by one: those of machines that are. */
  private static List<Prices.Quota> oneByOne(Prices prices) {
    List<Machine> places =
        prices.machines().stream().filter(machine -> machine.perHour().isEmpty()).toList();
    return prices.quotas().stream()
        .filter(quota -> quota.machines().isEmpty() || places.stream().anyMatch(quota::isFor))
        .toList();
  }

  private static List<Prices.Quota> quotas(Machine machine, Prices prices) {
    return prices.quotas().stream().filter(quota -> quota.isFor(machine)).toList();
  }

  /**
   * @param rebate what cores and memory cost as a part of their price one by one
   */
  private static Bill of(
      Usage used,
      Usage paid,
      Prices prices,
      double rebate,
      List<Prices.Quota> quotas,
      Optional<Place> place) {
    Map<Quantity, Double> costs = new EnumMap<>(Quantity.class);
    paid.amounts()
        .forEach(
            (quantity, amount) -> {
              boolean reserved =
                  quantity == Quantity.CPU_SECONDS || quantity == Quantity.MEMORY_GB_SECONDS;
              costs.put(quantity, amount * prices.unitPrice(quantity) * (reserved ? rebate : 1));
            });
    double total = costs.values().stream().mapToDouble(cost -> cost).sum();
    List<Item> items = new ArrayList<>();
    costs.forEach(
        (quantity, cost) -> {
          if (quantity != Quantity.STREAM_SECONDS) {
            items.add(
                new Item(
                    quantity,
                    used.of(quantity),
                    paid.of(quantity),
                    cost,
                    total == 0 ? 0 : cost / total));
          }
        });
    items.sort(Comparator.comparingDouble(Item::cost).reversed());
    return new Bill(items, total, place, limit(paid, quotas));
  }

  private static Optional<Limit> limit(Usage paid, List<Prices.Quota> quotas) {
    return quotas.stream()
        .filter(quota -> paid.of(quota.quantity()) > 0)
        .map(
            quota ->
                new Limit(quota, quota.perSecond() * SECONDS_PER_HOUR / paid.of(quota.quantity())))
        .min(Comparator.comparingDouble(Limit::streams));
  }
}
