package io.aircheck.app.serve.http;

import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.store.Outbox;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The state of the service in the text format of OpenMetrics 1.0. */
final class OpenMetrics {
  private final StringBuilder text = new StringBuilder();

  private OpenMetrics() {}

  static String of(Service service) {
    OpenMetrics metrics = new OpenMetrics();
    metrics.streams(service);
    metrics.incidents(service);
    metrics.service(service);
    return metrics.text.append("# EOF\n").toString();
  }

  private void streams(Service service) {
    Map<String, StreamStatus> states = new TreeMap<>();
    for (WatchedStream stream : service.registry().list()) {
      states.put(stream.id(), service.watch().status(stream.id()));
    }
    family("aircheck_stream_up", "gauge", "Whether the stream is being watched.");
    states.forEach(
        (id, status) ->
            sample(
                "aircheck_stream_up",
                "stream",
                id,
                status.state() == StreamStatus.State.WATCHING ? 1 : 0));
    family(
        "aircheck_stream_skipped_frames", "counter", "Pictures that were not looked at closely.");
    states.forEach(
        (id, status) ->
            sample(
                "aircheck_stream_skipped_frames_total",
                "stream",
                id,
                status.renditions().stream()
                    .mapToLong(StreamStatus.Rendition::skippedFrames)
                    .sum()));
    family("aircheck_stream_reconnects", "counter", "Times a rendition was lost.");
    states.forEach(
        (id, status) ->
            sample(
                "aircheck_stream_reconnects_total",
                "stream",
                id,
                status.renditions().stream().mapToLong(StreamStatus.Rendition::reconnects).sum()));
  }

  private void incidents(Service service) {
    family("aircheck_incidents_open", "gauge", "Incidents that are open.");
    Map<String, Long> bySeverity =
        service.desk().active().stream()
            .filter(incident -> incident.state() == Incident.State.OPEN)
            .collect(
                Collectors.groupingBy(
                    incident -> incident.severity().word(), TreeMap::new, Collectors.counting()));
    for (String severity : new String[] {"info", "warning", "error"}) {
      sample(
          "aircheck_incidents_open", "severity", severity, bySeverity.getOrDefault(severity, 0L));
    }
  }

  private void service(Service service) {
    Map<Outbox.Status, Long> outbox = service.notificationCounts();
    family("aircheck_notifications_settled", "counter", "Notifications by their end.");
    for (Outbox.Status status : new Outbox.Status[] {Outbox.Status.DELIVERED, Outbox.Status.DEAD}) {
      sample(
          "aircheck_notifications_settled_total",
          "status",
          status.name().toLowerCase(Locale.ROOT),
          outbox.getOrDefault(status, 0L));
    }
    family("aircheck_metric_samples_dropped", "counter", "Metrics that the store did not take.");
    plain("aircheck_metric_samples_dropped_total", service.metricsDropped());
    family("aircheck_ready", "gauge", "Whether the service has no problem of its own.");
    plain("aircheck_ready", service.problems().isEmpty() ? 1 : 0);
    Runtime runtime = Runtime.getRuntime();
    family("aircheck_heap_bytes", "gauge", "Heap in use.");
    plain("aircheck_heap_bytes", runtime.totalMemory() - runtime.freeMemory());
  }

  private void family(String name, String type, String help) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
  }

  private void sample(String name, String label, String value, long number) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    text.append(name).append('{').append(label).append("=\"").append(escaped).append("\"} ");
    text.append(number).append('\n');
  }

  private void plain(String name, long number) {
    text.append(name).append(' ').append(number).append('\n');
  }
}
