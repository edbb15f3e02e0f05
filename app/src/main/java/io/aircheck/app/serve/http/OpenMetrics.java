package io.aircheck.app.serve.http;

import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.deploy.WorkerLoad;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.meter.Processes;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.store.Outbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The state of the service in the text format of OpenMetrics 1.0. */
final class OpenMetrics {
  private final StringBuilder text = new StringBuilder();

  private OpenMetrics() {}

  static String of(Service service) {
    OpenMetrics metrics = new OpenMetrics();
    metrics.streams(service);
    // Of several copies one tells of each thing, so that sums count it once.
    if (service.member().map(CopyMember::leads).orElse(true)) {
      metrics.incidents(service);
    }
    service.member().ifPresent(metrics::copies);
    metrics.service(service);
    service.viewerIntake().ifPresent(intake -> ViewerMetrics.addIntake(metrics, intake));
    service.viewers().ifPresent(viewers -> ViewerMetrics.addKnown(metrics, viewers));
    service.rolledViewers().ifPresent(viewers -> ViewerMetrics.addRolled(metrics, viewers));
    metrics.process();
    return metrics.text.append("# EOF\n").toString();
  }

  private void streams(Service service) {
    Map<String, StreamStatus> states = new TreeMap<>();
    for (WatchedStream stream : service.streams().registry().list()) {
      if (service.member().map(copy -> copy.speaksFor(stream.id())).orElse(true)) {
        states.put(stream.id(), service.streams().status(stream.id()));
      }
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
    closeness(service, states);
    levels(states);
    family("aircheck_stream_reconnects", "counter", "Times a rendition was lost.");
    states.forEach(
        (id, status) ->
            sample(
                "aircheck_stream_reconnects_total",
                "stream",
                id,
                status.renditions().stream().mapToLong(StreamStatus.Rendition::reconnects).sum()));
  }

  private void closeness(Service service, Map<String, StreamStatus> states) {
    family("aircheck_stream_light", "gauge", "Whether the stream is watched lightly.");
    states.forEach(
        (id, status) ->
            sample(
                "aircheck_stream_light",
                "stream",
                id,
                status.state() == StreamStatus.State.WATCHING && status.closeness().light()
                    ? 1
                    : 0));
    family("aircheck_stream_waiting", "gauge", "Whether the stream waits for room.");
    states.forEach(
        (id, status) ->
            sample(
                "aircheck_stream_waiting",
                "stream",
                id,
                status.state() == StreamStatus.State.WAITING ? 1 : 0));
    family("aircheck_stream_cores", "gauge", "Processor cores that the stream uses.");
    states.forEach(
        (id, status) ->
            sample(
                "aircheck_stream_cores",
                Map.of("stream", id),
                String.format(Locale.ROOT, "%.3f", service.streams().watch().usedCores(id))));
    family("aircheck_used_cores", "gauge", "Processor cores that the service uses.");
    cores("aircheck_used_cores", service.streams().watch().usedCores());
    family("aircheck_capacity_cores", "gauge", "Processor cores that the service may use.");
    cores("aircheck_capacity_cores", service.streams().watch().limit());
    if (service.streams().watch().limit() > 0) {
      family("aircheck_capacity_used_ratio", "gauge", "Cores in use, of those that may be used.");
      cores(
          "aircheck_capacity_used_ratio",
          service.streams().watch().usedCores() / service.streams().watch().limit());
    }
    usage(
        "aircheck_usage_",
        "Used so far, by watching and by telling of what was found, in %s.",
        service.streams().usageHere());
    usage(
        "aircheck_viewer_usage_",
        "Used so far, by keeping what is known of viewers, in %s.",
        service.viewerUsageHere());
    service.streams().watch().workers().ifPresent(all -> cluster(service, all));
    family("aircheck_full", "gauge", "Whether a new stream would have to wait for room.");
    plain("aircheck_full", service.streams().watch().full() ? 1 : 0);
  }

  private void cluster(Service service, List<WorkerLoad> workers) {
    family("aircheck_workers", "gauge", "Workers of the cluster that have called lately.");
    plain("aircheck_workers", workers.size());
    family("aircheck_worker_used_cores", "gauge", "Processor cores that a worker uses.");
    workers.forEach(one -> ofWorker("aircheck_worker_used_cores", one, one.usedCores()));
    family("aircheck_worker_capacity_cores", "gauge", "Processor cores that a worker may use.");
    workers.forEach(
        one ->
            ofWorker("aircheck_worker_capacity_cores", one, service.streams().watch().limit(one)));
    family("aircheck_worker_streams", "gauge", "Streams that a worker watches.");
    workers.forEach(
        one -> sample("aircheck_worker_streams", "worker", one.name(), one.coresByStream().size()));
    Map<String, Usage> parts = service.streams().watch().usageElsewhere();
    ofParts("aircheck_cluster_cpu_seconds", parts, Quantity.CPU_SECONDS);
    ofParts("aircheck_cluster_memory_gb_seconds", parts, Quantity.MEMORY_GB_SECONDS);
  }

  private void ofWorker(String name, WorkerLoad worker, double cores) {
    sample(name, Map.of("worker", worker.name()), String.format(Locale.ROOT, "%.3f", cores));
  }

  private void ofParts(String name, Map<String, Usage> parts, Quantity quantity) {
    family(
        name,
        "counter",
        "What processes of the cluster have used, in %s; part of aircheck_usage."
            .formatted(quantity.unit()));
    parts.forEach(
        (part, used) ->
            sample(
                name + "_total",
                Map.of("part", part),
                String.format(Locale.ROOT, "%.3f", used.of(quantity))));
  }

  private void levels(Map<String, StreamStatus> states) {
    family("aircheck_stream_metric", "gauge", "Latest value of what the page shows live.");
    states.forEach(
        (id, status) ->
            status
                .renditions()
                .forEach(
                    rendition ->
                        new TreeMap<>(rendition.levels())
                            .forEach((name, value) -> level(id, rendition.id(), name, value))));
  }

  /**
   * @param name track and metric with a space between them
   */
  private void level(String stream, @Nullable String rendition, String name, double value) {
    if (Double.isFinite(value)) {
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put("stream", stream);
      labels.put("rendition", rendition == null ? "" : rendition);
      labels.put("track", name.substring(0, name.indexOf(' ')));
      labels.put("metric", name.substring(name.indexOf(' ') + 1));
      sample("aircheck_stream_metric", labels, String.format(Locale.ROOT, "%.2f", value));
    }
  }

  private void incidents(Service service) {
    family("aircheck_incidents_open", "gauge", "Incidents that are open.");
    Map<String, Long> bySeverity =
        service.incidents().active().stream()
            .filter(incident -> incident.state() == Incident.State.OPEN && !incident.isGroup())
            .collect(
                Collectors.groupingBy(
                    incident -> incident.severity().word(), TreeMap::new, Collectors.counting()));
    for (String severity : new String[] {"info", "warning", "error"}) {
      sample(
          "aircheck_incidents_open", "severity", severity, bySeverity.getOrDefault(severity, 0L));
    }
    family("aircheck_incident_open", "gauge", "1 for each incident that is open.");
    for (Incident incident : service.incidents().active()) {
      if (incident.state() == Incident.State.OPEN && !incident.isGroup()) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("stream", incident.stream());
        labels.put("cause", incident.cause());
        labels.put("severity", incident.severity().word());
        sample("aircheck_incident_open", labels, "1");
      }
    }
    family("aircheck_incident_group_streams", "gauge", "Streams of each group that is open.");
    for (Incident group : service.incidents().active()) {
      if (group.state() == Incident.State.OPEN && group.isGroup()) {
        String[] shared = group.stream().split("=", 2);
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("label", shared[0]);
        labels.put("value", shared[1]);
        labels.put("cause", group.cause());
        sample("aircheck_incident_group_streams", labels, "" + group.members().size());
      }
    }
  }

  private void copies(CopyMember member) {
    family("aircheck_copies", "gauge", "Copies of the service that are alive.");
    plain("aircheck_copies", member.fleet().members().stream().filter(Member::alive).count());
    family("aircheck_copy_shares", "gauge", "Shares of streams that this copy watches.");
    plain(
        "aircheck_copy_shares",
        member.fleet().shares().stream().filter(share -> share.copy().equals(member.id())).count());
    family("aircheck_copy_leads", "gauge", "Whether this copy leads the others.");
    plain("aircheck_copy_leads", member.leads() ? 1 : 0);
    family("aircheck_copy_viewers", "gauge", "Whether this copy has the viewers.");
    plain("aircheck_copy_viewers", member.hasViewers() ? 1 : 0);
    if (member.leads()) {
      family("aircheck_shares_waiting", "gauge", "Shares of streams that no copy watches.");
      plain("aircheck_shares_waiting", member.waiting().size());
      family(
          "aircheck_detectors_missing", "gauge", "Streams that are watched without the detector.");
      member
          .gaps()
          .byKind()
          .forEach(
              (kind, streams) -> sample("aircheck_detectors_missing", "detector", kind, streams));
    }
  }

  private void service(Service service) {
    Map<Outbox.Status, Long> outbox = service.duties().notificationCounts();
    family("aircheck_notifications_settled", "counter", "Notifications by their end.");
    for (Outbox.Status status : new Outbox.Status[] {Outbox.Status.DELIVERED, Outbox.Status.DEAD}) {
      sample(
          "aircheck_notifications_settled_total",
          "status",
          status.name().toLowerCase(Locale.ROOT),
          outbox.getOrDefault(status, 0L));
    }
    family("aircheck_metric_samples_dropped", "counter", "Metrics that the store did not take.");
    plain("aircheck_metric_samples_dropped_total", service.metrics().dropped());
    family(
        "aircheck_observations_dropped",
        "counter",
        "News of lasting findings that were left out because too many waited.");
    plain("aircheck_observations_dropped_total", service.incidents().dropped());
    family("aircheck_ready", "gauge", "Whether the service has no problem of its own.");
    plain("aircheck_ready", service.readiness().problems().isEmpty() ? 1 : 0);
  }

  /** As other exporters call it. */
  private void process() {
    Runtime runtime = Runtime.getRuntime();
    family("aircheck_heap_bytes", "gauge", "Heap in use.");
    plain("aircheck_heap_bytes", runtime.totalMemory() - runtime.freeMemory());
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(
            used -> {
              family("process_cpu_seconds", "counter", "Processor time used.");
              text.append("process_cpu_seconds_total ")
                  .append(String.format(Locale.ROOT, "%.2f", used.toMillis() / 1000.0))
                  .append('\n');
            });
    Processes.residentBytes(ProcessHandle.current().pid())
        .ifPresent(
            bytes -> {
              family("process_resident_memory_bytes", "gauge", "Memory in use, natives included.");
              plain("process_resident_memory_bytes", bytes);
            });
  }

  /**
   * What is charged for: sums since the start.
   *
   * @param prefix of the names
   * @param help with a place for the unit
   */
  private void usage(String prefix, String help, Usage usage) {
    usage
        .amounts()
        .forEach(
            (quantity, amount) -> {
              String name = prefix + quantity.name().toLowerCase(Locale.ROOT);
              family(name, "counter", help.formatted(quantity.unit()));
              text.append(name)
                  .append("_total ")
                  .append(String.format(Locale.ROOT, "%.3f", amount))
                  .append('\n');
            });
  }

  void family(String name, String type, String help) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
  }

  void sample(String name, String label, String value, long number) {
    sample(name, Map.of(label, value), Long.toString(number));
  }

  void sample(String name, Map<String, String> labels, String number) {
    if (labels.isEmpty()) {
      text.append(name).append(' ').append(number).append('\n');
      return;
    }
    text.append(name).append('{');
    text.append(
        labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
            .collect(Collectors.joining(",")));
    text.append("} ").append(number).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private void cores(String name, double number) {
    text.append(name).append(' ').append(String.format(Locale.ROOT, "%.3f", number)).append('\n');
  }

  void plain(String name, long number) {
    text.append(name).append(' ').append(number).append('\n');
  }
}
