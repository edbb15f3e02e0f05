package io.aircheck.app.viewers;

import io.aircheck.app.report.Palette;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.Toll;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The truth for people: a line for every value of every dimension. */
public final class TruthText {
  private TruthText() {}

  /** Prints it. */
  public static void write(ViewersTruth truth, PrintWriter out, Palette palette) {
    out.printf(
        Locale.ROOT,
        "%,d viewers came%s (seed %d)%n",
        truth.viewers(),
        truth.present() == 0
            ? ""
            : ", of whom %,d had not left and are not counted".formatted(truth.present()),
        truth.seed());
    Sent sent = truth.sent();
    out.printf(
        Locale.ROOT,
        "%,d reports taken, %,d refused, %,d given up, %,d lost on purpose, %,d of sessions that"
            + " were stopped%n%n",
        sent.accepted(),
        sent.refused(),
        sent.failed(),
        truth.lostReports(),
        sent.stopped());
    faults(truth, out);
    out.println(
        palette.bold(
            String.format(
                Locale.ROOT,
                "%-34s %8s %8s %7s %8s %8s %8s %8s %8s",
                "truth",
                "views",
                "minutes",
                "exits",
                "failed",
                "start s",
                "stall %",
                "stalls/h",
                "kbit/s")));
    line("all", truth.truth().total(), out);
    for (Dimension dimension : Dimension.values()) {
      truth
          .truth()
          .by(dimension)
          .forEach((value, sums) -> line(dimension.id() + "=" + value, sums, out));
    }
  }

  /** What faults of streams did. */
  private static void faults(ViewersTruth truth, PrintWriter out) {
    List<Fault> ofStreams =
        truth.faults().stream().filter(fault -> fault.kind().effect().isOfStream()).toList();
    for (Fault fault : ofStreams) {
      Toll toll = truth.truth().tolls().of(fault);
      out.printf(
          Locale.ROOT,
          "%s: %,d viewers, %,d left because of it, %,d stalls of %,.0f s together%n",
          fault.kind().word(),
          toll.viewers(),
          toll.left(),
          toll.stalls(),
          toll.stalledMillis() / 1e3);
    }
    if (!ofStreams.isEmpty()) {
      out.println();
    }
  }

  private static void line(String name, Sums sums, PrintWriter out) {
    Measures measures = TrueMeasures.of(sums);
    out.printf(
        Locale.ROOT,
        "%-34s %8d %8d %7s %8s %8s %8s %8s %8s%n",
        name,
        measures.get(Measure.VIEWS),
        measures.get(Measure.WATCHED_MILLIS) / 60_000,
        percent(Ratio.EXITS_BEFORE_START_PERCENT, measures),
        percent(Ratio.START_FAILURE_PERCENT, measures),
        number("%.2f", Ratio.STARTUP_SECONDS.of(measures)),
        number("%.2f", Ratio.REBUFFERING_PERCENT.of(measures)),
        number("%.1f", Ratio.STALLS_PER_HOUR.of(measures)),
        number("%.0f", Ratio.BITRATE_KBPS.of(measures)));
  }

  private static String percent(Ratio ratio, Measures measures) {
    OptionalDouble value = ratio.of(measures);
    return value.isEmpty() ? "-" : number("%.1f", value) + "%";
  }

  private static String number(String format, OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, format, value.getAsDouble());
  }
}
