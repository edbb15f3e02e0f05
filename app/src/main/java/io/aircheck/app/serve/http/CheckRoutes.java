package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.report.ReportFormat;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.checks.Check;
import io.aircheck.app.serve.settings.PolicySettings;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.notify.json.IncidentJson;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/checks}: quality control of files and finite streams. */
final class CheckRoutes implements Routes.Part {
  /** A film in good quality. */
  private static final long MAX_UPLOAD = 20_000_000_000L;

  private static final Set<String> FIELDS = Set.of("url", "policy");

  private final Service service;

  CheckRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/checks", Role.VIEWER, this::list);
    routes.on("POST", "/v1/checks", Role.OPERATOR, this::create);
    routes.on("GET", "/v1/checks/{id}", Role.VIEWER, this::get);
    routes.on("DELETE", "/v1/checks/{id}", Role.OPERATOR, this::remove);
    routes.on("GET", "/v1/checks/{id}/report", Role.VIEWER, this::report);
  }

  /** The schema {@code Check}. */
  static ObjectNode json(Check check, double progress) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", check.id());
    json.put("input", check.input());
    json.put("state", StreamJson.word(check.state()));
    json.put("progress", Math.round(progress * 1000) / 1000.0);
    check.problem().ifPresent(problem -> json.put("problem", problem));
    ObjectNode findings = json.putObject("findings");
    check.findings().forEach(findings::put);
    json.put("created", IncidentJson.time(check.createdMillis()));
    check.finishedMillis().ifPresent(at -> json.put("finished", IncidentJson.time(at)));
    return json;
  }

  private ObjectNode json(Check check) {
    return json(check, service.checks().progress(check));
  }

  private void list(Exchange exchange) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    service.checks().list().forEach(check -> items.add(json(check)));
    exchange.json(200, json);
  }

  private void create(Exchange exchange) throws SettingsException, IOException {
    boolean described = exchange.header("Content-Type").orElse("").startsWith("application/json");
    Check check = described ? ofAddress(exchange) : ofUpload(exchange);
    exchange.response().header(HeaderNames.LOCATION, "/v1/checks/" + check.id());
    exchange.json(202, json(check));
  }

  private Check ofAddress(Exchange exchange) throws SettingsException, IOException {
    JsonNode body = exchange.body();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw Problem.badRequest(
            "unknown field %s; known are policy, url".formatted(field.getKey()));
      }
    }
    String url = body.path("url").asText();
    if (url.isBlank()) {
      throw Problem.badRequest("url is missing: the address to check");
    }
    Optional<String> refusal = service.addresses().refusal(url);
    if (refusal.isPresent()) {
      throw new SettingsException("/url", refusal.get());
    }
    return service.checks().submit(url, policy(body.path("policy").asText()));
  }

  private Check ofUpload(Exchange exchange) throws IOException {
    return service
        .checks()
        .submit(
            exchange.query("name").orElse("file"),
            exchange.stream(),
            MAX_UPLOAD,
            policy(exchange.query("policy").orElse("")))
        .orElseThrow(() -> Problem.tooLarge(MAX_UPLOAD));
  }

  private String policy(String name) {
    if (name.isEmpty()) {
      return PolicySettings.DEFAULT_NAME;
    }
    if (service.policies().find(name).isEmpty()) {
      throw Problem.badRequest(
          "there is no policy %s; known are %s"
              .formatted(name, String.join(", ", service.policies().names())));
    }
    return name;
  }

  private void get(Exchange exchange) {
    exchange.json(200, json(check(exchange)));
  }

  private void remove(Exchange exchange) throws IOException {
    check(exchange);
    service.checks().remove(exchange.path("id"));
    exchange.done(204);
  }

  private void report(Exchange exchange) throws IOException {
    Check check = check(exchange);
    String word = exchange.query("format").orElse("json");
    ReportFormat format =
        Arrays.stream(ReportFormat.values())
            .filter(candidate -> candidate.toString().equals(word))
            .findFirst()
            .orElseThrow(() -> Problem.badRequest("format must be one of text, json, junit, html"));
    String report =
        service
            .checks()
            .report(check.id(), format)
            .orElseThrow(() -> Problem.conflict("the check is not over yet"));
    String type =
        switch (format) {
          case TEXT -> "text/plain; charset=utf-8";
          case JSON -> "application/json";
          case JUNIT -> "application/xml";
          case HTML -> "text/html; charset=utf-8";
        };
    if (format == ReportFormat.HTML) {
      // The report brings its own script and style; what it may do is bounded by a sandbox.
      exchange
          .response()
          .header(
              HeaderNames.create("Content-Security-Policy"),
              "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline';"
                  + " style-src 'unsafe-inline'; img-src data:");
    }
    exchange.send(200, type, report.getBytes(StandardCharsets.UTF_8));
  }

  private Check check(Exchange exchange) {
    String id = exchange.path("id");
    return service.checks().find(id).orElseThrow(() -> Problem.notFound("there is no check " + id));
  }
}
