package io.aircheck.deploy.serverless;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real handlers behind HTTP on loopback, answering as AWS Lambda does, with files and a topic
 * beside them.
 */
final class FunctionsServer implements AutoCloseable {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:incidents";
  private static final Pattern SUBJECT = Pattern.compile("(?:^|&)Subject=([^&]*)");

  private final HttpServer server;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Something that happens to a call, given as {@code detect} and its JSON. */
  @FunctionalInterface
  interface Happening {
    /** What fails here has not been called. */
    void before(String function, byte[] json) throws IOException;

    /** What fails here has been done, and its answer gets lost. */
    default void after(String function, byte[] json) throws IOException {}
  }

  /**
   * @param given environment of the functions, but for the topic
   * @param files folder whose files it serves below {@code /files/}
   */
  FunctionsServer(Map<String, String> given, Path files, Happening happening) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    Map<String, String> environment = new HashMap<>(given);
    environment.put(FunctionEnvironment.TOPIC, TOPIC);
    environment.put(FunctionEnvironment.TOPIC_ENDPOINT, uri() + "/topic");
    function("plan", new PlanHandler(environment), happening);
    function("convert", new ConvertHandler(environment), happening);
    function("detect", new DetectHandler(environment), happening);
    function("fold", new FoldHandler(environment), happening);
    server.createContext(
        "/files/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().replaceAll(".*/", "");
          Path file = files.resolve(name);
          boolean there = Files.exists(file);
          answer(exchange, there ? 200 : 404, there ? Files.readAllBytes(file) : new byte[0]);
        });
    server.createContext("/topic", this::publish);
    server.start();
  }

  private void publish(HttpExchange exchange) throws IOException {
    Matcher subject =
        SUBJECT.matcher(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    if (subject.find()) {
      told.add(URLDecoder.decode(subject.group(1), StandardCharsets.UTF_8));
    }
    answer(exchange, 200, "<Id/>".getBytes(StandardCharsets.UTF_8));
  }

  /** Subjects of what the topic was told, in order. */
  List<String> told() {
    return told;
  }

  private void function(String name, RequestStreamHandler handler, Happening happening) {
    server.createContext(
        "/" + name,
        exchange -> {
          byte[] json = exchange.getRequestBody().readAllBytes();
          ByteArrayOutputStream answer = new ByteArrayOutputStream();
          try {
            happening.before(name, json);
            handler.handleRequest(new ByteArrayInputStream(json), answer, new FakeContext());
            happening.after(name, json);
            answer(exchange, 200, answer.toByteArray());
          } catch (RuntimeException | IOException e) {
            Map<String, String> error =
                Map.of(
                    "errorType",
                    e.getClass().getName(),
                    "errorMessage",
                    String.valueOf(e.getMessage()));
            answer(exchange, 500, SegmentJson.write(error));
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  URI uri() {
    return URI.create(
        "http://%s:%d"
            .formatted(server.getAddress().getHostString(), server.getAddress().getPort()));
  }

  /** Address of one of its files. */
  String file(String name) {
    return uri() + "/files/" + name;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
