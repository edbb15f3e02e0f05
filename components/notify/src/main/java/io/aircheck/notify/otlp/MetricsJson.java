package io.aircheck.notify.otlp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics as OTLP has them in JSON.
 *
 * <p>Source: OpenTelemetry protocol 1.x, {@code ExportMetricsServiceRequest} in the JSON encoding
 * of Protocol Buffers: names in lower camel case, enumerations as numbers, 64-bit numbers as text.
 */
final class MetricsJson {
  private static final String SCOPE = "io.aircheck.viewers";
  private static final int DELTA = 1;

  private MetricsJson() {}

  /**
   * A request.
   *
   * @param service who measured it
   */
  static ObjectNode of(List<MetricPoint> points, String service) {
    Map<MetricPoint.Metric, ArrayNode> byMetric = new LinkedHashMap<>();
    for (MetricPoint point : points) {
      byMetric
          .computeIfAbsent(point.metric(), metric -> JsonNodeFactory.instance.arrayNode())
          .add(point(point));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode resource = json.putArray("resourceMetrics").addObject();
    attributes(resource.putObject("resource"), Map.of("service.name", service));
    ObjectNode scope = resource.putArray("scopeMetrics").addObject();
    scope.putObject("scope").put("name", SCOPE);
    ArrayNode metrics = scope.putArray("metrics");
    byMetric.forEach((metric, of) -> metrics.add(metric(metric, of)));
    return json;
  }

  private static ObjectNode metric(MetricPoint.Metric metric, ArrayNode points) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", metric.name());
    json.put("description", metric.description());
    json.put("unit", metric.unit());
    switch (metric.kind()) {
      case SUM -> {
        ObjectNode sum = json.putObject("sum");
        sum.put("aggregationTemporality", DELTA);
        sum.put("isMonotonic", true);
        sum.set("dataPoints", points);
      }
      case GAUGE -> json.putObject("gauge").set("dataPoints", points);
    }
    return json;
  }

  private static ObjectNode point(MetricPoint point) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    attributes(json, point.attributes());
    json.put("startTimeUnixNano", nanos(point.startMillis()));
    json.put("timeUnixNano", nanos(point.endMillis()));
    if (point.value() instanceof Long whole) {
      json.put("asInt", whole.toString());
    } else {
      json.put("asDouble", point.value().doubleValue());
    }
    return json;
  }

  private static void attributes(ObjectNode json, Map<String, String> attributes) {
    ArrayNode all = json.putArray("attributes");
    new TreeMap<>(attributes)
        .forEach(
            (name, value) ->
                all.addObject().put("key", name).putObject("value").put("stringValue", value));
  }

  private static String nanos(long millis) {
    return Long.toString(Math.multiplyExact(millis, 1_000_000L));
  }
}
