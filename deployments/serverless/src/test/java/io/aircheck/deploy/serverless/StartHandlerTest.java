package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartHandlerTest {
  private static final String DECLARATION = "{\"url\":\"https://example.com/a.m3u8\"}";

  private final FakeContext context = new FakeContext();
  private final List<String> asked = new ArrayList<>();
  private final Queue<String> tokens = new ArrayDeque<>(List.of("secret-token"));
  private final List<String> read = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private HttpServer server;
  private int status = 201;
  private String retryAfter = "";
  private int secretsStatus = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/secrets", this::secret);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              "%s %s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                      new String(
                          exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          byte[] answer = "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8);
          if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
          }
          boolean known = !refused.contains(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(known ? status : 401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  /** As AWS Secrets Manager answers; the last token for ever. */
  private void secret(HttpExchange exchange) throws IOException {
    read.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String token = tokens.size() > 1 ? tokens.remove() : tokens.element();
    Map<String, String> json =
        secretsStatus == 200
            ? Map.of("Name", "token", "SecretString", token)
            : Map.of("__type", "ResourceNotFoundException", "Message", "cannot find it");
    byte[] answer = SegmentJson.write(json);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(secretsStatus, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://%s:%d/"
        .formatted(server.getAddress().getHostString(), server.getAddress().getPort());
  }

  private StartHandler handler() {
    return new StartHandler(
        Map.of(
            StartHandler.SERVICE,
            url(),
            StartHandler.TOKEN,
            "token",
            StartHandler.SECRETS,
            url() + "secrets",
            FunctionEnvironment.REGION,
            "eu-west-1"),
        S3Server.CREDENTIALS);
  }

  private JsonNode call(StartHandler handler, String json) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), answer, context);
    return SegmentJson.read(answer.toByteArray(), JsonNode.class);
  }

  private JsonNode call(String json) throws IOException {
    return call(handler(), json);
  }

  @Test
  void call_declaration_isPostedOnceForEveryAttempt() throws Exception {
    JsonNode answer = call(DECLARATION);

    assertThat(answer.path("started").asBoolean()).isTrue();
    assertThat(asked)
        .containsExactly("POST /v1/streams Bearer secret-token request-1 " + DECLARATION);
  }

  @Test
  void call_event_postsItsDetail() throws Exception {
    call("{\"source\":\"events\",\"detail\":" + DECLARATION + "}");

    assertThat(asked).singleElement().asString().endsWith(DECLARATION);
  }

  @Test
  void call_watchedAlready_isNoFailure() throws Exception {
    status = 409;

    assertThat(call(DECLARATION).path("started").asBoolean()).isFalse();
  }

  @Test
  void call_serviceFails_mayPass() {
    status = 503;

    assertThatThrownBy(() -> call(DECLARATION))
        .isInstanceOf(PassingException.class)
        .hasMessage("the service answers 503: {\"id\":\"a\"}");
  }

  @Test
  void call_refused_saysSoWithoutTheToken() {
    status = 401;

    assertThatThrownBy(() -> call(DECLARATION))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("401");
    assertThat(context.logged()).contains("SetupException").doesNotContain("secret-token");
  }

  @Test
  void call_nobodyThere_mayPass() {
    server.stop(0);

    assertThatThrownBy(() -> call(DECLARATION)).isInstanceOf(PassingException.class);
  }

  @Test
  void call_noToken_saysWhatToSet() {
    StartHandler handler =
        new StartHandler(Map.of(StartHandler.SERVICE, url()), S3Server.CREDENTIALS);

    assertThatThrownBy(() -> call(handler, DECLARATION))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "AIRCHECK_TOKEN_SECRET is not set: it names a secret that is a token of the service"
                + " with the role admin");
  }

  @Test
  void call_tokenThatCannotBeSent_isNotTold() {
    tokens.add("two\nlines");
    tokens.remove();

    assertThatThrownBy(() -> call(DECLARATION))
        .isInstanceOf(SetupException.class)
        .hasMessageNotContaining("lines");
  }

  /**
   * EventBridge may deliver an event twice: its id is the same then, that of the request is not.
   */
  @Test
  void call_eventDeliveredTwice_asksWithTheSameKey() throws Exception {
    String event = "{\"id\":\"7bf73129-1428\",\"detail\":" + DECLARATION + "}";

    call(event);
    context.requestId("request-2");
    call(event);

    assertThat(asked)
        .hasSize(2)
        .allSatisfy(request -> assertThat(request).contains(" 7bf73129-1428 "));
  }

  @Test
  void call_declarationWithAnId_isNoEventOfThisId() throws Exception {
    call("{\"id\":\"news\",\"url\":\"https://example.com/a.m3u8\"}");

    assertThat(asked).singleElement().asString().contains(" request-1 ");
  }

  @Test
  void call_eventWithAnIdThatCannotBeSent_asksWithThatOfTheRequest() throws Exception {
    call("{\"id\":\"two\\nlines\",\"detail\":" + DECLARATION + "}");

    assertThat(asked).singleElement().asString().contains(" request-1 ");
  }

  /** Nobody knows yet how the earlier attempt ends. */
  @Test
  void call_earlierAttemptStillWorkedOn_isTriedAgain() {
    status = 409;
    retryAfter = "1";

    assertThatThrownBy(() -> call(DECLARATION))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("409");
  }

  @Test
  void call_again_readsTheSecretOnce() throws Exception {
    StartHandler handler = handler();

    call(handler, DECLARATION);
    call(handler, DECLARATION);

    assertThat(read).containsExactly("{\"SecretId\":\"token\"}");
  }

  @Test
  void call_tokenRotated_asksWithTheNewOne() throws Exception {
    tokens.add("rotated-token");
    StartHandler handler = handler();
    call(handler, DECLARATION);
    refused.add("Bearer secret-token");

    assertThat(call(handler, DECLARATION).path("started").asBoolean()).isTrue();

    assertThat(asked.getLast()).contains("Bearer rotated-token");
  }

  @Test
  void call_noSuchSecret_saysWhatToDo() {
    secretsStatus = 400;

    assertThatThrownBy(() -> call(DECLARATION))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("the secret token cannot be read: name one that is there");
    assertThat(asked).isEmpty();
  }

  @Test
  void call_noJson_saysSo() {
    assertThatThrownBy(() -> call("?"))
        .isInstanceOf(SetupException.class)
        .hasMessage("the call is no JSON: declare a stream");
  }
}
