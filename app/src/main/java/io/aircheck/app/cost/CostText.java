package io.aircheck.app.cost;

import io.aircheck.app.report.Palette;
import io.aircheck.core.meter.Quantity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A measurement with its bills, for people. */
public final class CostText {
  private final Measurement measurement;
  private final Prices prices;
  private final PrintWriter out;
  private final Palette palette;

  private CostText(Measurement measurement, Prices prices, PrintWriter out, Palette palette) {
    this.measurement = measurement;
    this.prices = prices;
    this.out = out;
    this.palette = palette;
  }

  /** Writes all of it. */
  public static void write(
      Measurement measurement, Prices prices, PrintWriter out, Palette palette) {
    new CostText(measurement, prices, out, palette).write();
  }

  private void write() {
    say(
        "%s, %d detectors, measured %s on %s",
        measurement.input(),
        measurement.detectors().size(),
        measurement.measuredAt(),
        measurement.machine());
    say(
        "Prices of %s, %s, in %s; cores and memory of machines are used to %.0f %%",
        prices.date(), prices.region(), prices.currency(), 100 * prices.utilisation());
    for (MeasuredDeployment deployment : measurement.deployments()) {
      bill(deployment);
    }
    summary();
    for (Measurement.Failure failure : measurement.failures()) {
      out.println(palette.warning(failure.deployment() + " was not measured: " + failure.reason()));
    }
  }

  private void bill(MeasuredDeployment deployment) {
    out.println();
    out.println(palette.bold(deployment.id()) + ": " + deployment.description());
    for (Metered metered : deployment.metered()) {
      say(
          "  metered: %d %s for %.1f s of each, in %.1f s",
          metered.streams(),
          metered.streams() == 1 ? "stream" : "streams",
          metered.usage().of(Quantity.STREAM_SECONDS) / metered.streams(),
          metered.wallSeconds());
    }
    if (deployment.skippedPictures() > 0) {
      out.println(
          palette.warning(
              "  %d pictures were not looked at, this machine is too slow: what was used is too little"
                  .formatted(deployment.skippedPictures())));
    }
    Bill bill = Bill.of(deployment, prices);
    deployment
        .load()
        .ifPresent(
            load ->
                say(
                    "  each stream: %.3f cores, %.0f MB; besides: %.0f MB",
                    load.coresPerStream(), 1000 * load.gbPerStream(), 1000 * load.fixedGb()));
    bill.place()
        .ifPresent(place -> say("  %s: holds %d streams", place.machine().name(), place.streams()));
    say(
        "  %-30s %14s %14s %14s %12s %8s",
        "per stream-hour", "used", "paid for", "price of one", "cost", "share");
    for (Bill.Item item : bill.items()) {
      say(
          "  %-30s %14s %14s %14s %12.6f %6.1f %%",
          QuantityNames.name(item.quantity()) + unit(item.quantity()),
          amount(item.used()),
          amount(item.paid()),
          String.format(Locale.ROOT, "%.10f", prices.unitPrice(item.quantity())),
          item.cost(),
          100 * item.share());
    }
    say("  %-30s %14s %14s %14s %s", "total", "", "", "", palette.bold(cost(bill.total())));
  }

  private void summary() {
    List<MeasuredDeployment> all = measurement.deployments();
    if (all.isEmpty()) {
      return;
    }
    Bill plainest = Bill.of(all.getFirst(), prices);
    out.println();
    say(
        "%-16s %14s %14s  %s",
        "deployment", "stream-hour", "x " + all.getFirst().id(), "first limit of an account");
    for (MeasuredDeployment deployment : all) {
      Bill bill = Bill.of(deployment, prices);
      say(
          "%-16s %14.6f %14.2f  %s",
          deployment.id(),
          bill.total(),
          bill.total() / plainest.total(),
          bill.limit()
              .map(l -> "%.0f streams: %s".formatted(Math.floor(l.streams()), l.quota().name()))
              .orElse("none"));
    }
    for (MeasuredDeployment deployment : all.subList(1, all.size())) {
      if (deployment.load().isEmpty()) {
        double total = Bill.of(deployment, prices).total();
        say(
            "%s costs %.1f %% less than %s",
            all.getFirst().id(), 100 * (1 - plainest.total() / total), deployment.id());
      }
    }
  }

  private static String unit(Quantity quantity) {
    return quantity.unit().equals("1") ? "" : " (" + quantity.unit() + ")";
  }

  private static String amount(double amount) {
    return String.format(Locale.ROOT, amount < 100 ? "%.3f" : "%.0f", amount);
  }

  private static String cost(double cost) {
    return String.format(Locale.ROOT, "%12.6f", cost);
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
