package io.aircheck.notify.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.export.Receipt;
import io.aircheck.notify.http.HttpReceiver;
import io.aircheck.notify.otlp.MetricPoint.Kind;
import io.aircheck.notify.otlp.MetricPoint.Metric;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtlpMetricsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final OutboundPolicy OPEN = new OutboundPolicy(Set.of("http"), true, List.of());
  private static final Metric STALLS =
      new Metric("aircheck.viewers.stalls", "{stall}", "Stalls.", Kind.SUM);
  private static final Metric WATCHING =
      new Metric("aircheck.viewers.watching", "{viewer}", "Who watches.", Kind.GAUGE);

  private static Receipt send(HttpReceiver receiver, MetricPoint... points) {
    try (OtlpMetrics otlp =
        new OtlpMetrics(
            Map.of("url", receiver.uri("/v1/metrics").toString(), "token", "hunter2hunter2"),
            OPEN)) {
      return otlp.send(List.of(points));
    }
  }

  @Test
  void send_points_areWhatTheProtocolSays() throws Exception {
    try (HttpReceiver receiver =
        new HttpReceiver(exchange -> HttpReceiver.answer(exchange, 200, "{}"))) {
      Receipt receipt =
          send(
              receiver,
              new MetricPoint(STALLS, 1000, 11_000, Map.of("cdn", "north"), 3L),
              new MetricPoint(WATCHING, 1000, 11_000, Map.of(), 2.5),
              new MetricPoint(STALLS, 1000, 11_000, Map.of("cdn", "south"), 4L));

      assertThat(receipt).isEqualTo(new Receipt(new Delivery.Delivered("200 {}"), 0));
      HttpReceiver.Request request = receiver.requests().getFirst();
      assertThat(request.headers())
          .containsEntry("Content-Type", "application/json")
          .containsEntry("Authorization", "Bearer hunter2hunter2");
      assertThat(JSON.readTree(request.body()))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"resourceMetrics": [{
                    "resource": {"attributes": [
                      {"key": "service.name", "value": {"stringValue": "aircheck"}}]},
                    "scopeMetrics": [{
                      "scope": {"name": "io.aircheck.viewers"},
                      "metrics": [
                        {"name": "aircheck.viewers.stalls", "description": "Stalls.",
                         "unit": "{stall}",
                         "sum": {"aggregationTemporality": 1, "isMonotonic": true, "dataPoints": [
                           {"attributes": [{"key": "cdn", "value": {"stringValue": "north"}}],
                            "startTimeUnixNano": "1000000000", "timeUnixNano": "11000000000",
                            "asInt": "3"},
                           {"attributes": [{"key": "cdn", "value": {"stringValue": "south"}}],
                            "startTimeUnixNano": "1000000000", "timeUnixNano": "11000000000",
                            "asInt": "4"}]}},
                        {"name": "aircheck.viewers.watching", "description": "Who watches.",
                         "unit": "{viewer}",
                         "gauge": {"dataPoints": [
                           {"attributes": [],
                            "startTimeUnixNano": "1000000000", "timeUnixNano": "11000000000",
                            "asDouble": 2.5}]}}]}]}]}
                  """));
    }
  }

  @Test
  void send_someAreNotTaken_isCounted() throws Exception {
    String answer =
        "{\"partialSuccess\": {\"rejectedDataPoints\": \"2\", \"errorMessage\": \"too old\"}}";
    try (HttpReceiver receiver =
        new HttpReceiver(exchange -> HttpReceiver.answer(exchange, 200, answer))) {
      MetricPoint point = new MetricPoint(STALLS, 1000, 11_000, Map.of(), 3L);

      assertThat(send(receiver, point, point, point))
          .isEqualTo(
              new Receipt(new Delivery.Delivered("2 of 3 points were not taken: too old"), 2));
    }
  }

  @Test
  void send_answerThatIsNoJson_isDelivered() throws Exception {
    try (HttpReceiver receiver =
        new HttpReceiver(exchange -> HttpReceiver.answer(exchange, 200, "<ok>"))) {
      assertThat(send(receiver, new MetricPoint(STALLS, 1000, 11_000, Map.of(), 3L)))
          .isEqualTo(new Receipt(new Delivery.Delivered("200 <ok>"), 0));
    }
  }

  @Test
  void send_credentialsAreWrong_isRefusedWithoutSayingThem() throws Exception {
    try (HttpReceiver receiver =
        new HttpReceiver(exchange -> HttpReceiver.answer(exchange, 401, "not hunter2hunter2"))) {
      assertThat(send(receiver, new MetricPoint(STALLS, 1000, 11_000, Map.of(), 3L)).delivery())
          .isEqualTo(new Delivery.Rejected("127.0.0.1 answers 401 not ***"));
    }
  }

  @Test
  void settings_thatAreWrong_areNamed() {
    assertThatThrownBy(() -> new OtlpMetrics(Map.of(), OPEN))
        .hasMessageContaining("otlp: url is missing");
    assertThatThrownBy(() -> new OtlpMetrics(Map.of("url", "collector:4318"), OPEN))
        .hasMessageContaining("url must be an address");
  }
}
