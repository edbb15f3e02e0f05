package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What those ask who run the service: {@code /health}, {@code /ready}, {@code /metrics}, {@code
 * /openapi.yaml}.
 */
final class OperationRoutes implements Routes.Part {
  private final Service service;

  OperationRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/health", Role.NOBODY, exchange -> state(exchange, List.of(), List.of()));
    routes.on(
        "GET",
        "/ready",
        Role.NOBODY,
        exchange ->
            state(exchange, service.readiness().problems(), service.readiness().shortcomings()));
    routes.on("GET", "/metrics", Role.VIEWER, this::metrics);
    routes.on("GET", "/openapi.yaml", Role.NOBODY, OperationRoutes::description);
  }

  private static void state(Exchange exchange, List<String> problems, List<String> shortcomings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", problems.isEmpty() ? "up" : "down");
    ArrayNode list = json.putArray("problems");
    problems.forEach(list::add);
    shortcomings.forEach(list::add);
    exchange.json(problems.isEmpty() ? 200 : 503, json);
  }

  private void metrics(Exchange exchange) {
    exchange.send(
        200,
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        OpenMetrics.of(service).getBytes(StandardCharsets.UTF_8));
  }

  private static void description(Exchange exchange) throws IOException {
    try (InputStream in = OperationRoutes.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IOException("the description of the API is not packaged");
      }
      exchange.send(200, "application/yaml", in.readAllBytes());
    }
  }
}
