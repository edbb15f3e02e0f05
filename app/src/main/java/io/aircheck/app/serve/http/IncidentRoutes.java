package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.access.Access;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentInput.Commanded.Command;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.Page;
import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** {@code /v1/incidents}. */
final class IncidentRoutes implements Routes.Part {
  private static final int MAX_TEXT = 10_000;
  private static final int MAX_NAME = 200;
  private static final Set<String> ACTION_FIELDS = Set.of("action", "text", "by");

  /** Orders of the list. */
  private static final String LATEST = "opened";

  private static final String MOST_VIEWERS = "viewers";

  /** Longer than a store needs that is well. */
  private static final long PATIENCE_SECONDS = 10;

  private final Service service;
  private final IncidentView view;

  IncidentRoutes(Service service) {
    this.service = service;
    this.view = new IncidentView(service);
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/incidents", Role.VIEWER, this::list);
    routes.on("GET", "/v1/incidents/{id}", Role.VIEWER, this::get);
    routes.on("POST", "/v1/incidents/{id}/actions", Role.OPERATOR, this::act);
    routes.on("GET", "/v1/incidents/{id}/evidence/{name}", Role.VIEWER, this::evidence);
  }

  private void list(Exchange exchange) {
    IncidentStore.Query query =
        new IncidentStore.Query(
            members(exchange),
            Set.copyOf(exchange.queryAll("stream")),
            exchange.words("state", Incident.State.values(), Incident.State::word),
            exchange.words("severity", Severity.values(), Severity::word),
            Set.copyOf(exchange.queryAll("kind")),
            exchange.time("from"),
            exchange.time("to"));
    String order = exchange.query("order").orElse(LATEST);
    if (order.equals(MOST_VIEWERS)) {
      exchange.json(200, mostViewers(exchange, query));
      return;
    }
    if (!order.equals(LATEST)) {
      throw Problem.badRequest("order must be one of %s, %s".formatted(LATEST, MOST_VIEWERS));
    }
    Page<Incident> page;
    try {
      page = service.store().incidents().list(query, exchange.query("cursor"), exchange.limit());
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("cursor must be what \"next\" of the page before said");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    Map<String, Incident> live =
        service.incidents().active().stream().collect(Collectors.toMap(Incident::id, i -> i));
    for (Incident incident : page.items()) {
      items.add(view.of(live.getOrDefault(incident.id(), incident)));
    }
    page.next().ifPresent(next -> json.put("next", next));
    exchange.json(200, json);
  }

  /** What is not over, what hits the most viewers first. */
  private ObjectNode mostViewers(Exchange exchange, IncidentStore.Query query) {
    if (query.states().contains(Incident.State.CLOSED) || exchange.query("cursor").isPresent()) {
      throw Problem.badRequest(
          "order=viewers is of incidents that are not over, and has no pages: leave out"
              + " state=closed and cursor");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    // Numbers grow meanwhile: each incident is asked once.
    Map<Incident, Long> hit = new HashMap<>();
    service.incidents().active().stream()
        .filter(query::matches)
        .forEach(incident -> hit.put(incident, view.hit(incident).orElse(-1)));
    hit.entrySet().stream()
        .sorted(
            Map.Entry.<Incident, Long>comparingByValue()
                .thenComparingLong(entry -> entry.getKey().openedMillis())
                .reversed()
                .thenComparing(entry -> entry.getKey().id()))
        .limit(exchange.limit())
        .forEach(entry -> items.add(view.of(entry.getKey())));
    return json;
  }

  /** Ids of the members of the groups that are asked for; none: of all incidents. */
  private Set<String> members(Exchange exchange) {
    List<String> groups = exchange.queryAll("group");
    if (groups.isEmpty()) {
      return Set.of();
    }
    // No incident has this id: a group that there is not has no members, rather than all incidents.
    Set<String> ids = new HashSet<>(Set.of(""));
    for (String group : groups) {
      service
          .incidents()
          .find(group)
          .ifPresent(found -> found.members().forEach(member -> ids.add(member.id())));
    }
    return ids;
  }

  private void get(Exchange exchange) throws IOException {
    exchange.json(200, view.details(incident(exchange)));
  }

  private void act(Exchange exchange) throws SettingsException, InterruptedException {
    JsonNode body = exchange.body();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!ACTION_FIELDS.contains(field.getKey())) {
        throw Problem.badRequest(
            "unknown field %s; known are action, text, by".formatted(field.getKey()));
      }
    }
    String action = body.path("action").asText();
    String text = body.path("text").asText();
    if (text.length() > MAX_TEXT) {
      throw Problem.badRequest("text may have %d characters".formatted(MAX_TEXT));
    }
    String by = exchange.caller().name();
    String said = body.path("by").asText().strip();
    if (by.equals(Access.LOCAL) && !said.isEmpty()) {
      by = said.substring(0, Math.min(MAX_NAME, said.length()));
    }
    Incident incident = incident(exchange);
    if (action.equals("reopen") && incident.isGroup()) {
      throw Problem.conflict("a group cannot be reopened; reopen those of its members");
    }
    if (action.equals("note") && text.isBlank()) {
      throw Problem.badRequest("a note needs a text");
    }
    CompletionStage<Optional<Incident>> answer =
        switch (action) {
          case "acknowledge" ->
              service.incidents().command(incident, Command.ACKNOWLEDGE, by, text);
          case "note" -> service.incidents().command(incident, Command.NOTE, by, text);
          case "close" -> service.incidents().command(incident, Command.CLOSE, by, text);
          case "reopen" -> service.incidents().reopen(incident, by);
          default ->
              throw Problem.badRequest("action must be one of acknowledge, note, close, reopen");
        };
    Incident after =
        await(answer)
            .orElseThrow(
                () ->
                    Problem.conflict(
                        action.equals("reopen")
                            ? "the incident is not closed"
                            : "the incident is closed; reopen it first"));
    exchange.json(200, view.of(after));
  }

  private static Optional<Incident> await(CompletionStage<Optional<Incident>> answer)
      throws InterruptedException {
    try {
      return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw Problem.unavailable("the store does not answer; it will be done when it does");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException store) {
        throw Problem.unavailable(String.valueOf(store.getMessage()));
      }
      throw new IllegalStateException("an incident could not be changed", e.getCause());
    }
  }

  private void evidence(Exchange exchange) throws IOException {
    Incident incident = incident(exchange);
    String name = exchange.path("name");
    EvidenceStore.Item item =
        view.evidence(incident).stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("the incident has no evidence " + name));
    FileAnswer.send(
        exchange,
        item.mediaType(),
        item.bytes(),
        () ->
            service
                .evidence()
                .open(incident.id(), name)
                .orElseThrow(() -> Problem.notFound("the evidence is not there any more")));
  }

  private Incident incident(Exchange exchange) {
    String id = exchange.path("id");
    return service
        .incidents()
        .find(id)
        .orElseThrow(() -> Problem.notFound("there is no incident " + id));
  }
}
