package io.aircheck.app.viewers;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes reports on this machine, and answers as it is told. */
final class FakeCollector implements AutoCloseable {
  /**
   * What came.
   *
   * @param query of the address
   */
  record Request(
      String method, String path, String query, String type, String agent, String body) {}

  final List<Request> requests = new CopyOnWriteArrayList<>();

  /** The next answers; afterwards everything is taken. */
  final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  FakeCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          requests.add(
              new Request(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  String.valueOf(exchange.getRequestURI().getRawQuery()),
                  String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                  String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")),
                  new String(body, StandardCharsets.UTF_8)));
          Integer answer = body.length == 0 ? null : answers.poll();
          int status = answer == null ? 204 : answer;
          if (status == 429) {
            exchange.getResponseHeaders().add("Retry-After", "7");
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Bodies that were sent, in the order of arrival. */
  List<String> bodies() {
    return requests.stream().map(Request::body).filter(body -> !body.isEmpty()).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
