package io.aircheck.app.serve.connectors;

import io.aircheck.experience.cube.Distribution;
import io.aircheck.experience.feed.RisingSums;
import io.aircheck.experience.feed.SessionNews;
import io.aircheck.experience.feed.SumRow;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.notify.export.ExportTarget;
import io.aircheck.notify.otlp.MetricPoint;
import io.aircheck.notify.otlp.MetricPoint.Kind;
import io.aircheck.notify.otlp.MetricPoint.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells sums of viewers as metrics: what is new in each window, and percentiles of it. */
final class MetricOutlet implements Outlet {
  private static final String PREFIX = "aircheck.viewers.";
  private static final String MILLIS = "_MILLIS";

  private static final Metric WATCHING =
      new Metric(PREFIX + "watching", "{viewer}", "Viewers, by windows of 10 s.", Kind.GAUGE);
  private static final Map<Measure, Metric> SUMS = sums();
  private static final Map<Distribution, Metric> PERCENTILES = percentiles();

  private final ExportTarget<MetricPoint> target;
  private final RisingSums rising = new RisingSums();

  MetricOutlet(ExportTarget<MetricPoint> target) {
    this.target = target;
  }

  private static Map<Measure, Metric> sums() {
    Map<Measure, Metric> metrics = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      if (measure != Measure.VIEWERS) {
        String unit = measure.unit().equals("ms²") ? "ms2" : unit(measure.unit());
        metrics.put(
            measure, new Metric(name(measure.name()), unit, measure.meaning() + ".", Kind.SUM));
      }
    }
    return metrics;
  }

  private static Map<Distribution, Metric> percentiles() {
    Map<Distribution, Metric> metrics = new EnumMap<>(Distribution.class);
    for (Distribution distribution : Distribution.values()) {
      boolean time = distribution.name().endsWith(MILLIS);
      metrics.put(
          distribution,
          new Metric(
              name(distribution.name()).replace("_kbps", "") + ".percentile",
              time ? "ms" : "kbit/s",
              "Percentiles within 1 %; the attribute quantile says which.",
              Kind.GAUGE));
    }
    return metrics;
  }

  /** Units are not part of names. */
  private static String name(String constant) {
    return PREFIX + constant.replace(MILLIS, "_TIME").toLowerCase(Locale.ROOT);
  }

  /** What is counted is an annotation of UCUM, in the singular. */
  private static String unit(String unit) {
    return switch (unit) {
      case "ms", "bit" -> unit;
      case "switches" -> "{switch}";
      default -> "{" + unit.substring(0, unit.length() - 1) + "}";
    };
  }

  @Override
  public Parcel sums(List<SumRow> rows) {
    List<MetricPoint> points = new ArrayList<>();
    rows.forEach(row -> add(points, row));
    List<MetricPoint> all = List.copyOf(points);
    return new Parcel(all.size(), () -> target.send(all));
  }

  private void add(List<MetricPoint> points, SumRow row) {
    Map<String, String> attributes = attributes(row);
    points.add(
        point(row, WATCHING, attributes, SumsJson.viewers(row.cell().sums(), row.windows())));
    Measures sums = rising.add(row.key(), row.cell().sums());
    SUMS.forEach(
        (measure, metric) -> {
          long sum = sums.get(measure);
          if (sum != 0) {
            points.add(point(row, metric, attributes, sum));
          }
        });
    PERCENTILES.forEach(
        (distribution, metric) -> {
          for (double share : SumsJson.SHARES) {
            row.cell()
                .percentile(distribution, share)
                .ifPresent(
                    value -> {
                      Map<String, String> with = new HashMap<>(attributes);
                      with.put("quantile", Double.toString(share));
                      points.add(point(row, metric, with, value));
                    });
          }
        });
  }

  /** Values of the dimensions, and which dimensions these are: only points of one set add up. */
  private static Map<String, String> attributes(SumRow row) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("grouping", row.grouping());
    for (int i = 0; i < row.values().size(); i++) {
      attributes.put(row.dimensions().get(i), row.values().get(i));
    }
    return attributes;
  }

  private static MetricPoint point(
      SumRow row, Metric metric, Map<String, String> attributes, Number value) {
    long endMillis = row.startMillis() + row.lengthMillis();
    return new MetricPoint(metric, row.startMillis(), endMillis, attributes, value);
  }

  @Override
  public Parcel sessions(List<SessionNews> news) {
    throw new IllegalStateException("single sessions are no metrics");
  }

  @Override
  public void close() {
    target.close();
  }
}
