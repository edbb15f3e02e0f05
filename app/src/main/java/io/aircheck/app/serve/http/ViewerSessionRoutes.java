package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.viewers.Programmes;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.session.SessionState;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Single viewers: {@code /v1/viewers/sessions}. Players make their ids up; who asks for one whose
 * id means something in an address, such as {@code ..}, gives it as an argument: {@code
 * /v1/viewers/session?id=}.
 */
final class ViewerSessionRoutes implements Routes.Part {
  private static final String LATEST = "latest";

  /** What comes first, by the word of the parameter {@code order}. */
  private static final Map<String, ToLongFunction<SessionState>> ORDERS =
      Map.of(
          LATEST,
          SessionState::heardMillis,
          "stalled",
          session -> session.totals().get(Measure.STALLED_MILLIS),
          "startup",
          session -> session.totals().get(Measure.STARTUP_MILLIS),
          "errors",
          session -> session.totals().get(Measure.ERRORS),
          "watched",
          session -> session.totals().get(Measure.WATCHED_MILLIS));

  private final Service service;
  private final Programmes programmes;

  ViewerSessionRoutes(Service service) {
    this.service = service;
    this.programmes = new Programmes(service.streams().registry(), service.streams()::status);
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/viewers/sessions", Role.VIEWER, this::list);
    for (String one : List.of("/v1/viewers/sessions/{id}", "/v1/viewers/session")) {
      routes.on("GET", one, Role.VIEWER, this::session);
      routes.on("DELETE", one, Role.ADMIN, this::erase);
      routes.on("GET", one + "/timeline", Role.VIEWER, this::timeline);
    }
  }

  /** The id that is asked for: the part of the path, or the argument. */
  private static String id(Exchange exchange) {
    return exchange
        .pathIfAny("id")
        .or(() -> exchange.query("id"))
        .orElseThrow(() -> Problem.badRequest("say which session: ?id=ID"));
  }

  private void session(Exchange exchange) {
    exchange.json(
        200,
        viewers()
            .audience()
            .session(id(exchange))
            .map(ViewerJson::of)
            .orElseThrow(() -> Problem.notFound("no session of that id is known")));
  }

  /** Answers that it is done only when it is so everywhere that sessions are kept. */
  private void erase(Exchange exchange) {
    String id = id(exchange);
    Optional<Viewers> viewers = service.viewers();
    if (viewers.isEmpty() && (service.keepsViewers() || !service.keepsLeftViewers())) {
      throw service.rolledViewers().isPresent()
          ? CollectorRoutes.together()
          : CollectorRoutes.unknown(service);
    }
    if (viewers.isPresent() && !viewers.get().collector().isRestored()) {
      throw Problem.unavailable("the reports of the last hour are still being read; try it again");
    }
    boolean found;
    try {
      found = service.eraseViewer(id);
    } catch (IOException e) {
      throw Problem.unavailable("the session is not erased everywhere: " + e.getMessage());
    }
    if (viewers.isEmpty()
        && (service.viewerIntake().isPresent() || service.rolledViewers().isPresent())) {
      throw Problem.conflict(
          "what this service had itself of the session is erased; reports that went to Kafka"
              + " (viewers.kafka) are there and where a job has put them, and cannot be erased from"
              + " here; see docs/viewers/at-scale.md");
    }
    if (!found) {
      throw Problem.notFound("no session of that id is known");
    }
    exchange.done(204);
  }

  private Viewers viewers() {
    return CollectorRoutes.viewers(service);
  }

  private void list(Exchange exchange) {
    Viewers viewers = viewers();
    Map<String, String> wanted =
        ViewerConditions.of(exchange, service.streams().registry(), programmes);
    ViewerConditions.check(
        wanted, ViewerConditions.ofSessions(service.settings().viewers()), "sessions");
    String order = exchange.query("order").orElse(LATEST);
    ToLongFunction<SessionState> value = ORDERS.get(order);
    if (value == null) {
      throw Problem.badRequest(
          "order must be one of " + String.join(", ", ORDERS.keySet().stream().sorted().toList()));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    viewers
        .audience()
        .sessions(
            session -> isOne(session, wanted),
            Comparator.comparingLong(value)
                .reversed()
                .thenComparing(Comparator.comparingLong(SessionState::heardMillis).reversed())
                .thenComparing(SessionState::session),
            exchange.limit())
        .forEach(session -> items.add(ViewerJson.of(session)));
    exchange.json(200, json);
  }

  private static boolean isOne(SessionState session, Map<String, String> wanted) {
    for (Map.Entry<String, String> condition : wanted.entrySet()) {
      if (!session.cohort().value(condition.getKey()).equals(condition.getValue())) {
        return false;
      }
    }
    return true;
  }

  private void timeline(Exchange exchange) throws IOException {
    String id = id(exchange);
    exchange.json(
        200,
        viewers()
            .timeline(id)
            .map(timeline -> TimelineJson.of(id, timeline, programmes))
            .orElseThrow(
                () -> Problem.notFound("no report of a session of that id is kept any more")));
  }
}
