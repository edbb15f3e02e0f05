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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The real handlers behind HTTP on loopback, answering as AWS Lambda does, and files beside them. */
final class FunctionsServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Something that happens before a call, as {@code detect} and its JSON. */
  @FunctionalInterface
  interface Before {
    void call(String function, byte[] json) throws IOException;
  }

  /**
   * @param environment of the functions
   * @param files folder whose files it serves below {@code /files/}
   */
  FunctionsServer(Map<String, String> environment, Path files, Before before)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    function("plan", new PlanHandler(environment), before);
    function("convert", new ConvertHandler(environment), before);
    function("detect", new DetectHandler(environment), before);
    function("fold", new FoldHandler(environment), before);
    server.createContext(
        "/files/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().replaceAll(".*/", "");
          Path file = files.resolve(name);
          boolean there = Files.exists(file);
          answer(exchange, there ? 200 : 404, there ? Files.readAllBytes(file) : new byte[0]);
        });
    server.start();
  }

  private void function(String name, RequestStreamHandler handler, Before before) {
    server.createContext(
        "/" + name,
        exchange -> {
          byte[] json = exchange.getRequestBody().readAllBytes();
          ByteArrayOutputStream answer = new ByteArrayOutputStream();
          try {
            before.call(name, json);
            handler.handleRequest(new ByteArrayInputStream(json), answer, new FakeContext());
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
