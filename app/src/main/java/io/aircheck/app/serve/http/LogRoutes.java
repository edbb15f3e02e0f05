package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.viewers.ViewerIntake;
import io.aircheck.app.serve.viewers.ViewerLog;
import io.aircheck.experience.ingest.LogBodies;
import io.aircheck.experience.report.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Request logs that reports are read from: {@code /v1/viewers/logs}. Delivery networks push theirs
 * to <code>/v1/viewers/logs/{id}</code>, with a token that allows that alone.
 */
final class LogRoutes implements Routes.Part {
  /** Bytes of the lines of a body, when they are not compressed. */
  private static final int MOST_LINES = 32_000_000;

  /** Where Fastly asks whether an address wants to be sent logs. */
  private static final String FASTLY = "/.well-known/fastly/logging/challenge";

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private final Service service;

  LogRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/viewers/logs", Role.VIEWER, this::list);
    routes.open("POST", "/v1/viewers/logs/{id}", this::post);
    routes.on("GET", FASTLY, Role.NOBODY, this::challenge);
  }

  /** Any service of Fastly may send: who may is told by the token. */
  private void challenge(Exchange exchange) {
    if (intake().logs().stream().noneMatch(log -> log.bodies().isPresent())) {
      throw Problem.notFound("no log is pushed here; see viewers.logs");
    }
    exchange.send(200, "text/plain", "*\n".getBytes(StandardCharsets.UTF_8));
  }

  private void list(Exchange exchange) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    for (ViewerLog log : intake().logs()) {
      ObjectNode one = items.addObject();
      one.put("name", log.name()).put("format", log.settings().format().word());
      one.put("way", way(log));
      log.problem().ifPresent(problem -> one.put("problem", problem));
      one.put("lines", log.intake().lines());
      one.put("reports", log.intake().counters().taken());
      ObjectNode rejected = one.putObject("rejected");
      for (Rejection reason : Rejection.values()) {
        rejected.put(word(reason), log.intake().counters().rejected(reason));
      }
      one.put("behindBytes", log.behindBytes());
      one.put("lateSeconds", log.intake().lateMillis() / 1000.0);
    }
    exchange.json(200, json);
  }

  private static String way(ViewerLog log) {
    return log.settings().file().isPresent() ? "file" : log.settings().http() ? "http" : "s3";
  }

  private void post(Exchange exchange) {
    ViewerIntake intake = intake();
    ViewerLog log = pushed(intake, exchange);
    byte[] body = exchange.body(MOST_LINES);
    LogBodies bodies = log.bodies().orElseThrow();
    CollectorRoutes.answer(exchange, intake, bodies.take(plain(body)));
  }

  private ViewerIntake intake() {
    return service.viewerIntake().orElseThrow(CollectorRoutes::off);
  }

  /** The log that the address names. Who has no token for it does not learn whether it is there. */
  private static ViewerLog pushed(ViewerIntake intake, Exchange exchange) {
    String token =
        token(exchange.header("Authorization").orElse(""))
            .orElseThrow(
                () ->
                    Problem.unauthorized(
                        "send the token of the log: Authorization: Bearer TOKEN, or Basic with it"
                            + " as the password"));
    if (intake.logs().stream().noneMatch(log -> log.isFor(token))) {
      throw Problem.unauthorized("this is the token of no log; see viewers.logs");
    }
    ViewerLog named =
        intake.logs().stream()
            .filter(log -> log.bodies().isPresent() && log.name().equals(exchange.path("id")))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "there is no log \"%s\" with http: true; see viewers.logs"
                            .formatted(exchange.path("id"))));
    if (!named.isFor(token)) {
      throw Problem.forbidden("this is the token of another log");
    }
    return named;
  }

  private static Optional<String> token(String authorization) {
    if (authorization.startsWith(BEARER)) {
      return Optional.of(authorization.substring(BEARER.length()).strip());
    }
    if (!authorization.startsWith(BASIC)) {
      return Optional.empty();
    }
    try {
      byte[] pair = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      return Optional.of(text.substring(text.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Lines that may be compressed although the sender has not said so. */
  private static byte[] plain(byte[] body) {
    if (body.length < 2 || (body[0] & 0xFF) != 0x1F || (body[1] & 0xFF) != 0x8B) {
      return body;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] lines = in.readNBytes(MOST_LINES + 1);
      if (lines.length > MOST_LINES) {
        throw Problem.tooLarge(MOST_LINES);
      }
      return lines;
    } catch (IOException e) {
      throw Problem.badRequest("the body begins like gzip and is none: " + e.getMessage());
    }
  }

  /** Adds the same to the metrics of the service. */
  static void add(OpenMetrics metrics, List<ViewerLog> logs) {
    if (logs.isEmpty()) {
      return;
    }
    NamedFamilies<ViewerLog> families =
        new NamedFamilies<>(metrics, "aircheck_viewer_log_", "log", logs, ViewerLog::name);
    families.add(
        "ok",
        "gauge",
        "Whether a request log can be read.",
        log -> log.problem().isEmpty() ? 1 : 0);
    families.add("lines", "counter", "Lines that were read.", log -> log.intake().lines());
    families.add(
        "reports",
        "counter",
        "Reports that were taken of them.",
        log -> log.intake().counters().taken());
    metrics.family(
        "aircheck_viewer_log_rejected", "counter", "Lines and records that were not taken.");
    for (ViewerLog log : logs) {
      for (Rejection reason : Rejection.values()) {
        metrics.sample(
            "aircheck_viewer_log_rejected_total",
            new TreeMap<>(Map.of("log", log.name(), "reason", word(reason))),
            Long.toString(log.intake().counters().rejected(reason)));
      }
    }
    families.add(
        "behind_bytes", "gauge", "Bytes that are there and not read.", ViewerLog::behindBytes);
    families.add(
        "late_seconds",
        "gauge",
        "How long ago the latest request was when its line was read.",
        log -> log.intake().lateMillis() / 1000);
  }

  private static String word(Rejection reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
