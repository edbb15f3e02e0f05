package io.aircheck.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * What an operations team would have at the other end of a webhook: takes CloudEvents on this
 * machine alone, each once by its id.
 */
final class WebhookReceiver implements AutoCloseable {
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Consumer<JsonNode> listener;

  /**
   * @param listener told the data of each event: what happened to an incident, with the incident
   */
  WebhookReceiver(Consumer<JsonNode> listener) throws IOException {
    this.listener = listener;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/incidents";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode event = mapper.readTree(exchange.getRequestBody());
      String id = event.path("id").asText();
      exchange.sendResponseHeaders(id.isEmpty() ? BAD_REQUEST : ACCEPTED, -1);
      if (!id.isEmpty() && known.add(id)) {
        listener.accept(event.path("data"));
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
