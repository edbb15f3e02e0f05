package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartHandlerTest {
  private static final String DECLARATION = "{\"url\":\"https://example.com/a.m3u8\"}";

  private final FakeContext context = new FakeContext();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private int status = 201;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://%s:%d/"
        .formatted(server.getAddress().getHostString(), server.getAddress().getPort());
  }

  private JsonNode call(String json, Map<String, String> environment) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new StartHandler(environment)
        .handleRequest(
            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), answer, context);
    return SegmentJson.read(answer.toByteArray(), JsonNode.class);
  }

  private JsonNode call(String json) throws IOException {
    return call(json, Map.of(StartHandler.SERVICE, url(), StartHandler.TOKEN, "secret-token"));
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
    assertThatThrownBy(() -> call(DECLARATION, Map.of(StartHandler.SERVICE, url())))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "AIRCHECK_TOKEN is not set: it names a token of the service with the role admin");
  }

  @Test
  void call_tokenThatCannotBeSent_isNotTold() {
    assertThatThrownBy(
            () ->
                call(
                    DECLARATION,
                    Map.of(StartHandler.SERVICE, url(), StartHandler.TOKEN, "two\nlines")))
        .isInstanceOf(SetupException.class)
        .hasMessageNotContaining("lines");
  }

  @Test
  void call_noJson_saysSo() {
    assertThatThrownBy(() -> call("?"))
        .isInstanceOf(SetupException.class)
        .hasMessage("the call is no JSON: declare a stream");
  }
}
