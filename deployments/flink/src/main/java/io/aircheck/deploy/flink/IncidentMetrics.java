package io.aircheck.deploy.flink;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Severity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Incidents as metrics of Flink, by severity. Used by the thread of the operator, but for what
 * gauges show.
 */
final class IncidentMetrics {
  private final Map<String, OpenIncidents> open = new ConcurrentHashMap<>();
  private final Map<Severity, Counter> opened = new ConcurrentHashMap<>();

  /**
   * @param metrics where a group is made for each severity
   */
  IncidentMetrics(MetricGroup metrics) {
    for (Severity severity : Severity.values()) {
      MetricGroup group = metrics.addGroup("severity", severity.word());
      Gauge<Long> now =
          () -> open.values().stream().mapToLong(incidents -> incidents.of(severity)).sum();
      group.gauge("incidents_open", now);
      opened.put(severity, group.counter("incidents_opened"));
    }
  }

  /** Of a stream these are open. */
  void open(String stream, OpenIncidents incidents) {
    open.put(stream, incidents);
  }

  /** A stream is not watched any more. */
  void forget(String stream) {
    open.remove(stream);
  }

  /** Something happened to an incident. */
  void happened(IncidentChange change) {
    if (change.type() == IncidentChange.Type.OPENED) {
      Opened.nonNull(opened.get(change.incident().severity())).inc();
    }
  }
}
