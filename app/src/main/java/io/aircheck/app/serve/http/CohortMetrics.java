package io.aircheck.app.serve.http;

import io.aircheck.app.serve.viewers.CohortTotals;
import io.aircheck.experience.measure.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What viewers live through, as counters by the dimensions that the settings name. */
final class CohortMetrics {
  private static final String PREFIX = "aircheck_viewers_";
  private static final String MILLIS = "_MILLIS";
  private static final String OTHERS = "(others)";

  private CohortMetrics() {}

  static void add(OpenMetrics metrics, CohortTotals totals) {
    List<CohortTotals.Total> all = totals.all();
    if (all.isEmpty()) {
      return;
    }
    metrics.family(PREFIX + "watching", "gauge", "Viewers in the latest window.");
    for (CohortTotals.Total total : all) {
      metrics.sample(
          PREFIX + "watching", labels(totals.by(), total), Long.toString(total.viewers()));
    }
    for (Measure measure : Measure.values()) {
      if (measure != Measure.VIEWERS) {
        add(metrics, totals.by(), all, measure);
      }
    }
  }

  private static void add(
      OpenMetrics metrics, List<String> by, List<CohortTotals.Total> all, Measure measure) {
    String name = name(measure);
    metrics.family(name, "counter", measure.meaning() + ".");
    for (CohortTotals.Total total : all) {
      metrics.sample(
          name + "_total", labels(by, total), number(measure, total.sums().get(measure)));
    }
  }

  /** Times are in seconds, as is usual there. */
  private static String name(Measure measure) {
    String word = measure.name().replace(MILLIS, "_SECONDS").toLowerCase(Locale.ROOT);
    return PREFIX + (measure == Measure.LATENCY_AREA ? word + "_square_seconds" : word);
  }

  private static String number(Measure measure, long sum) {
    return switch (measure.unit()) {
      case "ms" -> String.format(Locale.ROOT, "%.3f", sum / 1e3);
      case "ms²" -> String.format(Locale.ROOT, "%.6f", sum / 1e6);
      default -> Long.toString(sum);
    };
  }

  private static Map<String, String> labels(List<String> by, CohortTotals.Total total) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < by.size(); i++) {
      labels.put(
          by.get(i).replaceAll("[^A-Za-z0-9_]", "_"),
          total.others() ? OTHERS : total.values().get(i));
    }
    return labels;
  }
}
