package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Series;
import java.time.Duration;

/** The curves of a stream: {@code /v1/streams/.../series} and {@code .../metrics}. */
final class MetricRoutes implements Routes.Part {
  private static final int POINTS = 600;
  private static final int MAX_POINTS = 20_000;
  private static final long DEFAULT_RANGE_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Service service;
  private final Forwarding forwarding;

  MetricRoutes(Service service, Forwarding forwarding) {
    this.service = service;
    this.forwarding = forwarding;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/streams/{id}/series", Role.VIEWER, forwarding.byWatcher(this::series));
    routes.on("GET", "/v1/streams/{id}/metrics", Role.VIEWER, forwarding.byWatcher(this::metrics));
  }

  private record Range(long fromMillis, long toMillis) {}

  private static Range range(Exchange exchange) {
    long to = exchange.time("to").orElse(System.currentTimeMillis());
    long from = exchange.time("from").orElse(to - DEFAULT_RANGE_MILLIS);
    if (from >= to) {
      throw Problem.badRequest("from must be before to");
    }
    return new Range(from, to);
  }

  private void series(Exchange exchange) {
    Range range = range(exchange);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    for (Series series :
        service.metrics().series(exchange.path("id"), range.fromMillis(), range.toMillis())) {
      ObjectNode one = items.addObject();
      one.put("metric", series.metric()).put("track", series.track());
      if (series.rendition() != null) {
        one.put("rendition", series.rendition());
      }
    }
    exchange.json(200, json);
  }

  private void metrics(Exchange exchange) {
    Range range = range(exchange);
    String metric =
        exchange
            .query("metric")
            .orElseThrow(
                () -> Problem.badRequest("metric is missing, such as metric=video.luma_mean"));
    long step = stepSeconds(exchange, range);
    Series series =
        new Series(
            exchange.path("id"),
            exchange.query("rendition").orElse(null),
            exchange.query("track").orElse(""),
            metric);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("metric", metric).put("stepSeconds", step);
    ArrayNode times = json.putArray("times");
    ArrayNode mean = json.putArray("mean");
    ArrayNode min = json.putArray("min");
    ArrayNode max = json.putArray("max");
    for (Bucket bucket :
        service.metrics().query(series, range.fromMillis(), range.toMillis(), step * 1000)) {
      times.add(bucket.fromMillis() / 1000);
      mean.add(bucket.mean());
      min.add(bucket.min());
      max.add(bucket.max());
    }
    exchange.json(200, json);
  }

  /** The step that was asked for, or one that makes a curve of some hundred points. */
  private static long stepSeconds(Exchange exchange, Range range) {
    long seconds = (range.toMillis() - range.fromMillis()) / 1000;
    String asked = exchange.query("step").orElse("");
    if (asked.isEmpty()) {
      long step = Math.max(1, Math.ceilDiv(seconds, POINTS));
      // Where only minutes are kept, less is a comb.
      return step > 30 ? Math.ceilDiv(step, 60) * 60 : step;
    }
    try {
      long step = Long.parseLong(asked);
      if (step >= 1 && seconds / step <= MAX_POINTS) {
        return step;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problem.badRequest(
        "step must be a whole number of seconds that gives %d values at most"
            .formatted(MAX_POINTS));
  }
}
