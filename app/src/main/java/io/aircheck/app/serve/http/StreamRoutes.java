package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.Still;
import io.aircheck.app.serve.streams.StreamConflictException;
import io.aircheck.app.serve.streams.StreamProbe;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.media.MediaException;
import io.helidon.http.HeaderNames;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** {@code /v1/streams}. */
final class StreamRoutes implements Routes.Part {
  private final Service service;
  private final Forwarding forwarding;

  StreamRoutes(Service service, Forwarding forwarding) {
    this.service = service;
    this.forwarding = forwarding;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/streams", Role.VIEWER, this::list);
    routes.on("POST", "/v1/streams", Role.ADMIN, this::create);
    routes.on("POST", "/v1/streams/probe", Role.ADMIN, this::probe);
    routes.on("GET", "/v1/levels", Role.VIEWER, this::levels);
    routes.on("GET", "/v1/streams/{id}", Role.VIEWER, this::get);
    routes.on("PUT", "/v1/streams/{id}", Role.ADMIN, this::put);
    routes.on("PATCH", "/v1/streams/{id}", Role.ADMIN, this::patch);
    routes.on("DELETE", "/v1/streams/{id}", Role.ADMIN, this::remove);
    routes.on(
        "POST", "/v1/streams/{id}/restart", Role.OPERATOR, forwarding.byWatcher(this::restart));
    routes.on(
        "GET", "/v1/streams/{id}/thumbnail", Role.VIEWER, forwarding.byWatcher(this::thumbnail));
  }

  private void list(Exchange exchange) {
    List<String> labels = exchange.queryAll("label");
    Collection<Incident> active = service.incidents().active();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    service.streams().registry().list().stream()
        .filter(stream -> labels.stream().allMatch(label -> has(stream, label)))
        .map(
            stream ->
                StreamJson.of(
                    stream,
                    service.streams().status(stream.id()),
                    active,
                    service.streams().missingDetectors(stream.id()),
                    service.streams().cost(stream.id())))
        .sorted(PROBLEMS_FIRST)
        .forEach(items::add);
    exchange.json(200, json);
  }

  /** What needs somebody's eyes comes first, then what is important, then by id. */
  private static final Comparator<ObjectNode> PROBLEMS_FIRST =
      Comparator.<ObjectNode>comparingInt(stream -> -rank(stream))
          .thenComparingInt(stream -> -stream.path("priority").asInt())
          .thenComparing(stream -> stream.path("id").asText());

  private static int rank(ObjectNode stream) {
    return switch (stream.path("severity").asText()) {
      case "error" -> 3;
      case "warning" -> 2;
      case "info" -> 1;
      default -> 0;
    };
  }

  private static boolean has(WatchedStream stream, String label) {
    int equals = label.indexOf('=');
    return equals > 0
        && label
            .substring(equals + 1)
            .equals(stream.settings().labels().get(label.substring(0, equals)));
  }

  private void levels(Exchange exchange) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode items = json.putObject("items");
    for (WatchedStream stream : service.streams().registry().list()) {
      ArrayNode levels = StreamJson.soundLevels(service.streams().watch().status(stream.id()));
      if (!levels.isEmpty()) {
        items.set(stream.id(), levels);
      }
    }
    for (JsonNode others : forwarding.byOthers(exchange)) {
      others.path("items").properties().forEach(one -> items.set(one.getKey(), one.getValue()));
    }
    exchange.json(200, json);
  }

  private void create(Exchange exchange) throws SettingsException, StreamConflictException {
    WatchedStream created = service.streams().changes().add(exchange.body());
    exchange
        .response()
        .header(
            HeaderNames.LOCATION,
            "/v1/streams/" + URLEncoder.encode(created.id(), StandardCharsets.UTF_8));
    answer(exchange, 201, created);
  }

  private void get(Exchange exchange) {
    answer(exchange, 200, stream(exchange));
  }

  private void put(Exchange exchange) throws SettingsException, StreamConflictException {
    String id = exchange.path("id");
    boolean known = service.streams().registry().find(id).isPresent();
    JsonNode body = exchange.body();
    WatchedStream stored = service.streams().changes().put(id, body, expectedRevision(exchange));
    answer(exchange, known ? 200 : 201, stored);
  }

  private void patch(Exchange exchange) throws SettingsException, StreamConflictException {
    String id = exchange.path("id");
    JsonNode body = exchange.body();
    WatchedStream stored = service.streams().changes().patch(id, body, expectedRevision(exchange));
    answer(exchange, 200, stored);
  }

  private static OptionalLong expectedRevision(Exchange exchange) {
    String tag = exchange.header("If-Match").orElse("*").strip();
    if (tag.equals("*")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(tag.replace("\"", "")));
    } catch (NumberFormatException e) {
      throw Problem.badRequest("If-Match must be the ETag of the stream, such as \"3\"");
    }
  }

  private void remove(Exchange exchange) throws StreamConflictException {
    service.streams().changes().remove(exchange.path("id"), expectedRevision(exchange));
    exchange.done(204);
  }

  private void restart(Exchange exchange) {
    WatchedStream stream = stream(exchange);
    service.streams().watch().restart(stream.id());
    answer(exchange, 200, stream);
  }

  private void answer(Exchange exchange, int status, WatchedStream stream) {
    exchange.response().header(HeaderNames.ETAG, "\"" + stream.revision() + "\"");
    exchange.json(
        status,
        StreamJson.of(
            stream,
            service.streams().status(stream.id()),
            service.incidents().active(),
            service.streams().missingDetectors(stream.id()),
            service.streams().cost(stream.id())));
  }

  private void thumbnail(Exchange exchange) {
    WatchedStream stream = stream(exchange);
    List<Still> stills =
        service
            .streams()
            .watch()
            .footage()
            .stills(stream.id(), exchange.query("rendition").orElse(null));
    if (stills.isEmpty()) {
      throw Problem.notFound("there is no picture of stream %s yet".formatted(stream.id()));
    }
    exchange.send(200, "image/jpeg", stills.getLast().jpeg());
  }

  private void probe(Exchange exchange) throws SettingsException {
    StreamSettings settings = service.streams().registry().read(exchange.body(), "");
    try {
      StreamProbe.Result result = service.probe().look(settings);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", settings.id());
      json.put("url", result.info().uri());
      json.put("live", result.info().live());
      json.put("container", result.info().container());
      ArrayNode renditions = json.putArray("renditions");
      result.renditions().forEach(renditions::add);
      json.set("tracks", StreamJson.tracks(result.info()));
      result.thumbnail().ifPresent(image -> json.put("thumbnail", image));
      exchange.json(200, json);
    } catch (MediaException e) {
      throw Problem.of(new SettingsException("/url", String.valueOf(e.getMessage())));
    }
  }

  private WatchedStream stream(Exchange exchange) {
    String id = exchange.path("id");
    return service
        .streams()
        .registry()
        .find(id)
        .orElseThrow(() -> Problem.notFound("there is no stream " + id));
  }
}
