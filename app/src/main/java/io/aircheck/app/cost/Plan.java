package io.aircheck.app.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a fleet of streams would cost by each deployment.
 *
 * @param request what it is for
 * @param options by cost, the cheapest first
 * @param breakEvens of each deployment without machines of its own
 */
public record Plan(PlanRequest request, List<Option> options, List<BreakEven> breakEvens) {
  /** Days of a month, for what a month costs. */
  static final double DAYS_PER_MONTH = 30;

  private static final double HOURS_PER_DAY = 24;
  private static final double SECONDS_PER_HOUR = 3_600;

  public Plan {
    options = List.copyOf(options);
    breakEvens = List.copyOf(breakEvens);
  }

  /**
   * A way to do it.
   *
   * @param place the machine, with the streams that one holds; empty: paid by use
   * @param machines how many of them; 0: paid by use
   * @param perHour of all streams while they are watched, in the currency
   * @param limit the quota of an account that is reached first, by so many streams
   */
  public record Option(
      String deployment,
      Optional<Bill.Place> place,
      int machines,
      double perHour,
      Optional<Bill.Limit> limit) {

    /** Whether an account does not allow so many streams as it comes. */
    public boolean needsMoreQuota(int streams) {
      return limit.map(reached -> reached.streams() < streams).orElse(false);
    }
  }

  /**
   * Up to where paying by use is cheaper than machines that are always there.
   *
   * @param deployment that is paid by use
   * @param machines the cheapest machines that hold the streams
   * @param hoursPerDay of watching all streams, at which both cost the same
   * @param checksPerDay of all streams together, at which both cost the same
   */
  public record BreakEven(
      String deployment, Option machines, double hoursPerDay, double checksPerDay) {}

  /** Makes a plan from what was measured. */
  public static Plan of(Measurement measurement, Prices prices, PlanRequest request) {
    List<Option> rented = new ArrayList<>();
    List<Option> paidByUse = new ArrayList<>();
    for (MeasuredDeployment deployment : measurement.deployments()) {
      Optional<ProcessLoad> load = deployment.load();
      if (load.isPresent()) {
        for (Machine machine : prices.machines()) {
          Bill.on(machine, deployment, load.get(), prices)
              .ifPresent(bill -> rented.add(rented(deployment, bill, prices, request)));
        }
      } else {
        Bill bill = Bill.of(deployment, prices);
        paidByUse.add(
            new Option(
                deployment.id(),
                Optional.empty(),
                0,
                bill.total() * request.streams(),
                bill.limit()));
      }
    }
    List<Option> all = new ArrayList<>(rented);
    all.addAll(paidByUse);
    all.sort(Comparator.comparingDouble(Option::perHour));
    return new Plan(
        request,
        all,
        rented.stream()
            .min(Comparator.comparingDouble(Option::perHour))
            .map(machines -> breakEvens(paidByUse, machines, request))
            .orElse(List.of()));
  }

  private static Option rented(
      MeasuredDeployment deployment, Bill bill, Prices prices, PlanRequest request) {
    Bill.Place place = bill.place().orElseThrow();
    int machines = Math.ceilDiv(request.streams(), place.streams());
    return new Option(
        deployment.id(),
        bill.place(),
        machines,
        machines * prices.perHour(place.machine()),
        bill.limit());
  }

  private static List<BreakEven> breakEvens(
      List<Option> paidByUse, Option machines, PlanRequest request) {
    double machinesPerDay = machines.perHour() * HOURS_PER_DAY;
    return paidByUse.stream()
        .filter(option -> option.perHour() > 0)
        .map(
            option -> {
              double perStreamHour = option.perHour() / request.streams();
              return new BreakEven(
                  option.deployment(),
                  machines,
                  machinesPerDay / option.perHour(),
                  machinesPerDay / (perStreamHour * request.checkSeconds() / SECONDS_PER_HOUR));
            })
        .toList();
  }

  /** What an option costs in a day of so many hours, in the currency. */
  public double perDay(Option option) {
    return option.perHour() * request.hours();
  }

  /** What an option costs in thirty such days, in the currency. */
  public double perMonth(Option option) {
    return perDay(option) * DAYS_PER_MONTH;
  }
}
