package io.aircheck.notify.otlp;

import java.util.Map;

/**
 * A value of a metric.
 *
 * @param metric what it is of
 * @param startMillis start of the time that it is of
 * @param endMillis end of that time
 * @param attributes what it is about
 * @param value a {@link Long} or a {@link Double}
 */
public record MetricPoint(
    Metric metric, long startMillis, long endMillis, Map<String, String> attributes, Number value) {
  public MetricPoint {
    attributes = Map.copyOf(attributes);
  }

  /**
   * Something that is measured.
   *
   * @param name by the rules of OpenTelemetry, such as {@code aircheck.viewers.stalls}
   * @param unit by UCUM, such as {@code ms} or <code>{stall}</code>
   * @param description a sentence
   * @param kind how its values go together
   */
  public record Metric(String name, String unit, String description, Kind kind) {}

  /** How values go together. */
  public enum Kind {
    /** They are added up: each is what was new in its time, and not negative. */
    SUM,
    /** Each is as things were at the end of its time. */
    GAUGE
  }
}
