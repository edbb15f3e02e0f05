package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.connectors.ConnectorStatus;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.viewers.Viewers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Other systems that are told of viewers: {@code /v1/viewers/connectors}. */
final class ConnectorRoutes implements Routes.Part {
  private final Service service;

  ConnectorRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/viewers/connectors", Role.VIEWER, this::list);
  }

  private void list(Exchange exchange) {
    Viewers viewers = CollectorRoutes.viewers(service);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    for (ConnectorStatus status : viewers.connectors().status()) {
      ObjectNode one = items.addObject();
      one.put("name", status.name()).put("type", status.type());
      one.put("state", status.state().name().toLowerCase(Locale.ROOT));
      status.problem().ifPresent(problem -> one.put("problem", problem));
      one.put("lagSeconds", status.lagMillis() / 1000.0);
      one.put("waiting", status.waiting());
      one.put("sent", status.sent());
      one.put("refused", status.refused());
      one.put("droppedSessions", status.droppedSessions());
      one.put("droppedWindows", status.droppedWindows());
      if (status.lastSentMillis() > 0) {
        one.put("lastSent", Instant.ofEpochMilli(status.lastSentMillis()).toString());
      }
    }
    exchange.json(200, json);
  }

  /** Adds the same to the metrics of the service. */
  static void add(OpenMetrics metrics, List<ConnectorStatus> connectors) {
    if (connectors.isEmpty()) {
      return;
    }
    NamedFamilies<ConnectorStatus> families =
        new NamedFamilies<>(
            metrics, "aircheck_viewer_connector_", "connector", connectors, ConnectorStatus::name);
    families.add(
        "ok",
        "gauge",
        "Whether what there is to tell arrives.",
        status -> status.state() == ConnectorStatus.State.OK ? 1 : 0);
    families.add(
        "lag_seconds",
        "gauge",
        "Age of the oldest thing that was not told.",
        status -> status.lagMillis() / 1000);
    families.add("waiting", "gauge", "News of sessions that wait.", ConnectorStatus::waiting);
    families.add("sent", "counter", "Events or points that arrived.", ConnectorStatus::sent);
    families.add(
        "refused", "counter", "Events or points that were refused.", ConnectorStatus::refused);
    families.add(
        "dropped_sessions",
        "counter",
        "News of sessions that went for want of room.",
        ConnectorStatus::droppedSessions);
    families.add(
        "dropped_windows",
        "counter",
        "Windows of sums that went untold.",
        ConnectorStatus::droppedWindows);
  }
}
