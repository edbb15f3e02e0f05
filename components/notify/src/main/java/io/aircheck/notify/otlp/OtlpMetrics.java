package io.aircheck.notify.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Discretion;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.export.ExportTarget;
import io.aircheck.notify.export.Receipt;
import io.aircheck.notify.http.Headers;
import io.aircheck.notify.http.HttpEndpoint;
import io.aircheck.notify.json.CloudEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Posts metrics by OTLP over HTTP, in JSON: to a collector of OpenTelemetry, or to any system that
 * takes what such a collector sends.
 */
public final class OtlpMetrics implements ExportTarget<MetricPoint> {
  /** What can be set. */
  public static final List<ChannelSetting> SETTINGS = settings();

  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpEndpoint endpoint;
  private final Map<String, String> headers;
  private final String service;
  private final Discretion discretion;

  /**
   * Does not connect.
   *
   * @param values by {@link #SETTINGS}
   * @throws IllegalArgumentException one line without secrets that says which setting is wrong
   */
  public OtlpMetrics(Map<String, String> values, OutboundPolicy outbound) {
    ChannelSettings settings = new ChannelSettings("otlp", SETTINGS, values);
    endpoint =
        new HttpEndpoint(settings.webAddress("url"), settings.seconds("timeoutSeconds"), outbound);
    headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(Headers.of(settings));
    headers.put("Content-Type", "application/json");
    service = settings.text("service");
    discretion = settings.discretion();
  }

  private static List<ChannelSetting> settings() {
    List<ChannelSetting> settings = new ArrayList<>();
    settings.add(
        ChannelSetting.required(
            "url", "Address that takes metrics, such as `http://collector:4318/v1/metrics`."));
    settings.addAll(Headers.SETTINGS);
    settings.add(
        ChannelSetting.withDefault(
            "service", "aircheck", "Name of the service in the attribute `service.name`."));
    settings.add(
        ChannelSetting.withDefault(
            "timeoutSeconds", "10", "Longest time until the whole answer is there."));
    return List.copyOf(settings);
  }

  @Override
  public Receipt send(List<MetricPoint> points) {
    Answer answer = new Answer();
    Delivery delivery =
        endpoint.post(CloudEvent.bytes(MetricsJson.of(points, service)), headers, answer::read);
    int refused = answer.partial.path("rejectedDataPoints").asInt();
    if (refused > 0) {
      String why = answer.partial.path("errorMessage").asText();
      delivery =
          new Delivery.Delivered(
              "%d of %d points were not taken: %s".formatted(refused, points.size(), why));
    }
    return new Receipt(delivery, refused).told(discretion);
  }

  /** What an answer says of points that were not taken; it may be no JSON at all. */
  private static final class Answer {
    private JsonNode partial = MAPPER.missingNode();

    /** Reads it; a request of which some was taken is not one that failed. */
    String read(String body) {
      try {
        partial = MAPPER.readTree(body).path("partialSuccess");
      } catch (JsonProcessingException e) {
        partial = MAPPER.missingNode();
      }
      return "";
    }
  }

  @Override
  public void close() {
    // Connections are those of all channels.
  }
}
