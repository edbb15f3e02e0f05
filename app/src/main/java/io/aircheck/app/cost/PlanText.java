package io.aircheck.app.cost;

import io.aircheck.app.report.Palette;
import java.io.PrintWriter;
import java.util.Locale;

/** A plan for people. */
public final class PlanText {
  private static final double HOURS_PER_DAY = 24;

  private PlanText() {}

  /** Writes all of it. */
  public static void write(
      Plan plan, Measurement measurement, Prices prices, PrintWriter out, Palette palette) {
    PlanRequest request = plan.request();
    out.println(
        say(
            "%s, %s a day, %d detectors; measured %s with %s on %s",
            count(request.streams(), "stream"),
            request.hours() == 1 ? "1 hour" : plain(request.hours()) + " hours",
            measurement.detectors().size(),
            measurement.measuredAt(),
            measurement.input(),
            measurement.machine()));
    out.println(
        say(
            "Prices of %s, %s, in %s; cores and memory of machines are used to %.0f %%",
            prices.date(), prices.region(), prices.currency(), 100 * prices.utilisation()));
    out.println();
    out.println(
        palette.bold(
            say(
                "%-14s %-42s %8s %9s %12s %12s %14s",
                "deployment", "on", "each", "machines", "an hour", "a day", "30 days")));
    for (Plan.Option option : plan.options()) {
      out.println(
          say(
              "%-14s %-42s %8s %9s %12.2f %12.2f %14.2f",
              option.deployment(),
              option.place().map(place -> place.machine().name()).orElse("paid by use"),
              option.place().map(place -> Integer.toString(place.streams())).orElse("-"),
              option.place().map(place -> Integer.toString(option.machines())).orElse("-"),
              option.perHour(),
              plan.perDay(option),
              plan.perMonth(option)));
      if (option.needsMoreQuota(request.streams())) {
        Bill.Limit limit = option.limit().orElseThrow();
        out.println(
            palette.warning(
                say(
                    "    not without asking for more of: %s (%s a second), reached at %.0f streams",
                    limit.quota().name(),
                    plain(limit.quota().perSecond()),
                    Math.floor(limit.streams()))));
      }
    }
    plan.breakEvens().forEach(one -> breakEven(one, request, out));
  }

  private static void breakEven(Plan.BreakEven one, PlanRequest request, PrintWriter out) {
    out.println();
    String machines =
        "%s on %s that is always there"
            .formatted(
                one.machines().deployment(),
                one.machines().place().map(place -> place.machine().name()).orElse(""));
    if (one.hoursPerDay() >= HOURS_PER_DAY) {
      out.println(say("%s is cheaper than %s at any time.", one.deployment(), machines));
      return;
    }
    out.println(
        say(
            "%s is cheaper than %s below %.2f hours a day of %s,",
            one.deployment(), machines, one.hoursPerDay(), count(request.streams(), "stream")));
    out.println(
        say(
            "or below %.0f checks of %s s a day.",
            one.checksPerDay(), plain(request.checkSeconds())));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String plain(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
