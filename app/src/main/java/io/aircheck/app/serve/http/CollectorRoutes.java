package io.aircheck.app.serve.http;

import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.viewers.KnownViewers;
import io.aircheck.app.serve.viewers.Refusal;
import io.aircheck.app.serve.viewers.ViewerIntake;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.JsonShape;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.report.ReportSchema;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes reports of players: {@code /v1/viewers/reports}, and a path of the operator's own.
 * Everybody may send them, from every page that the settings do not exclude.
 */
final class CollectorRoutes implements Routes.Part {
  static final String PATH = "/v1/viewers/reports";

  /** A day; browsers cut it to what they allow. */
  private static final String PREFLIGHT_SECONDS = "86400";

  private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");
  private static final Header CROSS_ORIGIN =
      HeaderValues.createCached("Cross-Origin-Resource-Policy", "cross-origin");

  private final Service service;

  CollectorRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    register(routes, PATH);
    service.settings().viewers().path().ifPresent(path -> register(routes, path));
  }

  private void register(Routes routes, String path) {
    routes.open("OPTIONS", path, this::preflight);
    routes.open("POST", path, exchange -> post(exchange, path));
  }

  /** What a browser asks before it sends a type of content that forms do not have. */
  private void preflight(Exchange exchange) {
    ViewerSettings settings = service.settings().viewers();
    try {
      checkThere(settings);
      allow(exchange, settings);
    } catch (Problem e) {
      exchange.problem(e);
      return;
    }
    exchange.answerHeader("Access-Control-Allow-Methods", "POST");
    exchange.answerHeader("Access-Control-Allow-Headers", "Content-Type, Authorization");
    exchange.answerHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    exchange.done(204);
  }

  private void post(Exchange exchange, String path) {
    ViewerSettings settings = service.settings().viewers();
    try {
      checkThere(settings);
      allow(exchange, settings);
      if (settings.retired()) {
        throw Problem.gone("reports are not collected here any more");
      }
      take(exchange, path, settings, service.viewerIntake().orElseThrow(CollectorRoutes::off));
    } catch (Problem e) {
      // Not thrown on, so that it has the headers without which no player sees its status.
      exchange.problem(e);
    }
  }

  private void checkThere(ViewerSettings settings) {
    if (service.viewerIntake().isEmpty() && !settings.retired()) {
      throw settings.readsJob() ? elsewhere() : off();
    }
  }

  /**
   * What is known of all viewers together here.
   *
   * @throws Problem where that is nothing
   */
  static KnownViewers known(Service service) {
    return service.knownViewers().orElseThrow(() -> unknown(service));
  }

  /**
   * The viewers themselves.
   *
   * @throws Problem where they are not known here
   */
  static Viewers viewers(Service service) {
    return service
        .viewers()
        .orElseThrow(() -> service.rolledViewers().isPresent() ? together() : unknown(service));
  }

  /** Single viewers are not known here. */
  static Problem together() {
    return Problem.notFound(
        "here viewers are known together alone, as a job sums them (viewers.job.read): single views"
            + " are in its files (viewers.job.folder or s3), some minutes after they end, and what"
            + " players report is in Kafka; see docs/viewers/at-scale.md");
  }

  /** Why viewers are not known here. */
  static Problem unknown(Service service) {
    if (service.viewerIntake().isEmpty()) {
      return off();
    }
    return service.keepsViewers()
        ? Problem.unavailable("no copy has the viewers yet; try it again in a moment")
        : Problem.notFound(
            "viewers are not known here: their reports go to Kafka (viewers.kafka), and what a job"
                + " on a cluster makes of them is in its database and files; see"
                + " docs/viewers/at-scale.md");
  }

  /** Reports are collected, and not here. */
  private static Problem elsewhere() {
    return Problem.notFound(
        "reports of viewers are not collected here: this service reads what a job makes of them"
            + " (viewers.job.read); let players report to a collector, or make this one with"
            + " viewers.kafka");
  }

  /** Reports of viewers are switched off. */
  static Problem off() {
    return Problem.notFound(
        "reports of viewers are not collected; switch it on with viewers: {enabled: true} and start"
            + " the service again");
  }

  /** Lets the page that asks read the answer, if it may. */
  private void allow(Exchange exchange, ViewerSettings settings) {
    Optional<String> origin = exchange.header("Origin");
    exchange.answerHeader(VARY);
    exchange.answerHeader(CROSS_ORIGIN);
    if (origin.isEmpty()) {
      return;
    }
    if (!settings.origins().isEmpty() && !settings.origins().contains(origin.get())) {
      service.viewerIntake().ifPresent(intake -> intake.refusals().add(Refusal.ORIGIN));
      throw Problem.forbidden("players of this page may not report here; see viewers.origins");
    }
    exchange.answerHeader("Access-Control-Allow-Origin", origin.get());
    // Beacons of browsers always come with credentials. None is looked at here.
    exchange.answerHeader("Access-Control-Allow-Credentials", "true");
    exchange.answerHeader("Access-Control-Expose-Headers", "Retry-After");
  }

  private static void take(
      Exchange exchange, String path, ViewerSettings settings, ViewerIntake intake) {
    Sender sender = sender(exchange, settings);
    int wait = intake.retryAfterSeconds(sender);
    if (wait > 0) {
      refuseForNow(exchange, intake, wait);
      return;
    }
    byte[] body = body(exchange, settings, intake);
    ReportSchema schema = schema(exchange.header("Content-Type").orElse(""), body);
    if (schema == null) {
      intake.refusals().add(Refusal.UNSUPPORTED);
      throw Problem.unsupported(
          "Content-Type must be application/cmcd, text/cmcd, application/json or text/plain");
    }
    Location known =
        new Location(
            header(exchange, settings.countryHeader()).orElse(null),
            header(exchange, settings.networkHeader()).orElse(null));
    Target target = new Target(path, exchange.arguments());
    answer(exchange, intake, intake.take(schema, sender, target, known, body));
  }

  /** Says what became of a body. */
  static void answer(Exchange exchange, ViewerIntake intake, Answer answer) {
    switch (answer) {
      case Answer.Taken taken -> exchange.done(204);
      case Answer.TooMany tooMany -> refuseForNow(exchange, intake, tooMany.retryAfterSeconds());
      case Answer.Unavailable unavailable -> {
        intake.refusals().add(Refusal.UNAVAILABLE);
        exchange.answerHeader("Retry-After", "10");
        throw Problem.unavailable(unavailable.problem());
      }
    }
  }

  private static void refuseForNow(Exchange exchange, ViewerIntake intake, int seconds) {
    intake.refusals().add(Refusal.TOO_MANY);
    exchange.answerHeader("Retry-After", Integer.toString(seconds));
    throw Problem.tooMany("come again in %d s, with several reports in a body".formatted(seconds));
  }

  private static byte[] body(Exchange exchange, ViewerSettings settings, ViewerIntake intake) {
    try {
      return exchange.body((int) settings.maxBodyBytes().bytes());
    } catch (Problem e) {
      if (e.status() == 413) {
        intake.refusals().add(Refusal.TOO_LARGE);
      }
      throw e;
    }
  }

  private static Sender sender(Exchange exchange, ViewerSettings settings) {
    return new Sender(
        address(exchange, settings),
        exchange.header("User-Agent").orElse(null),
        exchange.header("Sec-GPC").orElse(null),
        exchange.header("DNT").orElse(null));
  }

  /**
   * That of the connection, or what the proxy in front added last: the rest anybody can make up.
   */
  private static @Nullable String address(Exchange exchange, ViewerSettings settings) {
    if (settings.addressHeader().isEmpty()) {
      return exchange.remoteAddress();
    }
    return header(exchange, settings.addressHeader())
        .map(told -> told.substring(told.lastIndexOf(',') + 1).strip())
        .orElse(null);
  }

  private static Optional<String> header(Exchange exchange, Optional<String> name) {
    return name.flatMap(exchange::header).filter(value -> !value.isBlank());
  }

  /** Null: of none. Plain text is what beacons send without asking first. */
  private static @Nullable ReportSchema schema(String contentType, byte[] body) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/cmcd", "text/cmcd" -> ReportSchema.CMCD;
      case "application/json", "application/x-ndjson" -> JsonShape.of(body);
      case "text/plain", "" -> looksLikeJson(body) ? JsonShape.of(body) : ReportSchema.CMCD;
      default -> null;
    };
  }

  private static boolean looksLikeJson(byte[] body) {
    for (byte one : body) {
      if (one != ' ' && one != '\n' && one != '\r' && one != '\t') {
        return one == '{' || one == '[';
      }
    }
    return false;
  }
}
