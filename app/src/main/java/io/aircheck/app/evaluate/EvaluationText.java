package io.aircheck.app.evaluate;

import io.aircheck.app.report.Palette;
import io.aircheck.core.observe.Finding;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** The evaluation for people. */
public final class EvaluationText {
  private EvaluationText() {}

  public static void write(Evaluation evaluation, PrintWriter out, Palette palette) {
    out.printf(
        Locale.ROOT,
        "%-32s %6s %6s %6s %12s %12s %9s %7s %6s%n",
        "kind",
        "events",
        "found",
        "missed",
        "inconclusive",
        "false alarms",
        "precision",
        "recall",
        "F1");
    for (Map.Entry<String, Evaluation.Score> entry : evaluation.scores().entrySet()) {
      Evaluation.Score score = entry.getValue();
      out.printf(
          Locale.ROOT,
          "%-32s %6d %6d %6d %12d %12d %9s %7s %6s%n",
          entry.getKey(),
          score.events(),
          score.found(),
          score.missed(),
          score.inconclusive(),
          score.falseAlarms(),
          ratio(score.precision()),
          ratio(score.recall()),
          ratio(score.f1()));
    }
    out.println(palette.dim(evaluation.clips() + " clips"));
    if (!evaluation.misses().isEmpty()) {
      out.println();
      out.println(palette.bold("Missed"));
      for (Evaluation.Miss miss : evaluation.misses()) {
        out.printf(
            Locale.ROOT,
            "  %-44s %-30s %8.2f - %8.2f  %s%n",
            miss.clip(),
            miss.kind(),
            miss.event().startSeconds(),
            miss.event().endSeconds(),
            miss.event().label());
      }
    }
    if (!evaluation.falseAlarms().isEmpty()) {
      out.println();
      out.println(palette.bold("False alarms"));
      evaluation.falseAlarms().forEach(alarm -> write(alarm, out));
    }
    if (!evaluation.errorsOnClean().isEmpty()) {
      out.println();
      out.println(palette.error("Errors on clean clips"));
      evaluation.errorsOnClean().forEach(alarm -> write(alarm, out));
    }
    if (!evaluation.offsets().isEmpty()) {
      out.println();
      out.println(palette.bold("Offsets between sound and picture"));
      for (Evaluation.Offset offset : evaluation.offsets()) {
        out.printf(
            Locale.ROOT,
            "  %-44s true %7.1f ms  measured %s%n",
            offset.clip(),
            offset.trueMillis(),
            offset.measurements());
      }
    }
    if (!evaluation.failures().isEmpty()) {
      out.println();
      out.println(palette.error("Not analysed to the end"));
      for (Evaluation.Failure failure : evaluation.failures()) {
        out.println("  " + failure.clip() + "  " + failure.reason());
      }
    }
    out.flush();
  }

  private static void write(Evaluation.FalseAlarm alarm, PrintWriter out) {
    Finding finding = alarm.finding();
    out.printf(
        Locale.ROOT,
        "  %-44s %-30s %8.2f - %8.2f  %-7s %4.2f  %s%s%n",
        alarm.clip(),
        finding.kind(),
        finding.startMicros() / 1e6,
        finding.endMicros() / 1e6,
        finding.severity().word(),
        finding.confidence(),
        finding.rendition() == null ? "" : "[" + finding.rendition() + "] ",
        finding.message());
  }

  private static String ratio(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
