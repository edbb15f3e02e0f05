package io.aircheck.app.serve.http;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.access.Access;
import io.aircheck.app.serve.access.Access.Caller;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.streams.StreamConflictException;
import io.aircheck.core.store.StoreException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Listens and answers. */
public final class HttpServer implements AutoCloseable {
  /** For what a page may do: its own scripts and styles, nothing from anywhere else. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " media-src 'self'; frame-src 'self'; connect-src 'self'; font-src 'self'; manifest-src"
          + " 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** Of every answer; as bytes once and for all, since players send many small reports. */
  private static final List<Header> HEADERS =
      List.of(
          HeaderValues.createCached("Content-Security-Policy", CONTENT_SECURITY_POLICY),
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
          HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"));

  private static final String BEARER = "Bearer ";
  private static final String COOKIE = "aircheck-token";

  private final WebServer server;
  private final Supplier<Access> access;
  private final RepeatedWrites repeated;

  /** What is answered, such as {@code GET /v1/streams}. */
  private final List<String> answered = new ArrayList<>();

  private final Consumer<Throwable> faults;

  /**
   * Starts listening.
   *
   * @param port 0: a free one, see {@link #port}
   * @param faults told of what should not have happened
   * @throws IOException when the address is taken or not there
   */
  public HttpServer(Service service, String address, int port, Consumer<Throwable> faults)
      throws IOException {
    this.access = service::access;
    this.repeated = new RepeatedWrites(service.store().documents(), InstantSource.system());
    this.faults = faults;
    Forwarding forwarding = new Forwarding(service);
    List<Routes.Part> parts =
        List.of(
            new StreamRoutes(service, forwarding),
            new MetricRoutes(service, forwarding),
            new IncidentRoutes(service),
            new NotificationRoutes(service),
            new CheckRoutes(service),
            new EventRoutes(service.events()),
            new MuteRoutes(service),
            new SettingsRoutes(service),
            new CostRoutes(service),
            new CopyRoutes(service),
            new ClusterRoutes(service),
            new OperationRoutes(service),
            new CollectorRoutes(service),
            new ScriptRoutes(),
            new PageRoutes());
    List<Routes.Part> ofViewers =
        List.of(
            new ViewerRoutes(service),
            new ViewerSessionRoutes(service),
            new ViewerDefinitionRoutes(service),
            new ViewerExportRoutes(service),
            new ConnectorRoutes(service),
            new LogRoutes(service));
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(
        (chain, request, response) -> {
          headers(response);
          chain.proceed();
        });
    routing.error(Exception.class, this::failed);
    Routes routes = routes(routing);
    parts.forEach(part -> part.register(routes));
    ofViewers.forEach(part -> part.register(forwarding.toViewers(routes)));
    routing.any(
        (request, response) -> {
          send(response, Problem.notFound("there is nothing at " + request.path().path()));
        });
    try {
      server =
          WebServer.builder()
              .host(address)
              .port(port)
              // The command stops the server, in its own order.
              .shutdownHook(false)
              .contentEncoding(
                  ContentEncodingContext.builder()
                      .contentEncodingsDiscoverServices(false)
                      .addContentEncoding(new GzipBodies())
                      .build())
              .shutdownGracePeriod(Duration.ofMillis(200))
              .routing(routing)
              .build()
              .start();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new IOException(
          "cannot listen on %s:%d; is the port taken? Choose another with --port, or 0 for a free one"
              .formatted(address, port),
          e);
    }
  }

  private Routes routes(HttpRouting.Builder routing) {
    return new Routes() {
      @Override
      public void on(String method, String path, Role role, ApiHandler handler) {
        answered.add(method + " " + path);
        routing.route(
            Method.create(method),
            matcher(path),
            (request, response) -> answer(request, response, role, handler));
      }

      @Override
      public void open(String method, String path, ApiHandler handler) {
        answered.add(method + " " + path);
        Caller anybody = new Caller("anybody", Role.NOBODY);
        routing.route(
            Method.create(method),
            matcher(path),
            (request, response) -> handler.handle(new Exchange(request, response, anybody)));
      }
    };
  }

  private static PathMatcher matcher(String path) {
    return path.contains("{") && !path.contains("{+")
        ? new PathTemplate(path)
        : PathMatchers.create(path);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** What is answered, such as {@code GET /v1/streams}. */
  List<String> answered() {
    return List.copyOf(answered);
  }

  private static void headers(RoutingResponse response) {
    HEADERS.forEach(response::header);
  }

  private void answer(ServerRequest request, ServerResponse response, Role role, ApiHandler handler)
      throws Exception {
    checkOrigin(request, access.get());
    Exchange exchange = new Exchange(request, response, caller(request, role));
    Optional<String> key = exchange.header("Idempotency-Key");
    if (key.isPresent() && request.prologue().method().equals(Method.POST)) {
      repeated.handle(exchange, key.get(), request.path().path(), handler);
    } else {
      handler.handle(exchange);
    }
  }

  /**
   * Pages of others that are open in the same browser must not change anything here: a service
   * without tokens trusts everybody who reaches it.
   */
  private static void checkOrigin(ServerRequest request, Access current) {
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    Optional<String> host = request.headers().first(HeaderNames.HOST);
    if (!current.needsTokens() && !isLoopbackName(host.orElse("localhost"))) {
      // A name of somebody else's that leads here (DNS rebinding) makes their page one of ours.
      throw Problem.forbidden("this service is reached as localhost or 127.0.0.1");
    }
    if (!request.prologue().method().equals(Method.GET)
        && origin.isPresent()
        && !origin.get().replaceFirst("^[a-z]+://", "").equals(host.orElse(""))) {
      throw Problem.forbidden("requests of other web pages are not taken");
    }
  }

  private static boolean isLoopbackName(String host) {
    String name = host.startsWith("[") ? host : host.replaceFirst(":\\d+$", "");
    return name.equals("localhost") || name.startsWith("127.") || name.startsWith("[::1]");
  }

  private Caller caller(ServerRequest request, Role role) {
    if (role == Role.NOBODY) {
      return new Caller(Access.LOCAL, role);
    }
    Access current = access.get();
    Optional<String> token =
        request
            .headers()
            .first(HeaderNames.AUTHORIZATION)
            .filter(value -> value.startsWith(BEARER))
            .map(value -> value.substring(BEARER.length()).strip())
            .or(() -> request.headers().cookies().first(COOKIE).asOptional());
    Caller caller =
        current
            .caller(token)
            .orElseThrow(
                () ->
                    Problem.unauthorized(
                        token.isEmpty()
                            ? "send a token: Authorization: Bearer TOKEN"
                            : "this token is not known here"));
    if (!caller.role().covers(role)) {
      throw Problem.forbidden(
          "the token %s is for a %s; this needs a %s"
              .formatted(caller.name(), caller.role().word(), role.word()));
    }
    return caller;
  }

  private void failed(ServerRequest request, ServerResponse response, Exception e) {
    Problem problem =
        switch (e) {
          case Problem known -> known;
          case SettingsException settings -> Problem.of(settings);
          case StreamConflictException conflict -> Problem.of(conflict);
          case StoreException store -> Problem.unavailable(String.valueOf(store.getMessage()));
          case HttpException http ->
              http.status().code() == 404
                  ? Problem.notFound("there is nothing here")
                  : Problem.badRequest(String.valueOf(http.getMessage()));
          default -> Problem.internal();
        };
    if (problem.status() == 500) {
      faults.accept(e);
    }
    if (!response.isSent()) {
      send(response, problem);
    }
  }

  static void send(ServerResponse response, Problem problem) {
    response.status(problem.status());
    response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    if (problem.status() == 401) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    response.send(problem.json().toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop();
  }
}
