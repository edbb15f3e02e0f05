package io.aircheck.deploy.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;

/**
 * Tells a job on this machine over HTTP what is to be watched: the client's end of an {@link
 * HttpCatalogue}. Listens on loopback, below a path that cannot be guessed, since orders may hold
 * secrets. Thread-safe.
 */
final class OrderDesk implements AutoCloseable {
  private static final RecordBytes<Orders> BYTES = new RecordBytes<>(Orders.class);

  private final HttpServer server;
  private final String path = "/" + UUID.randomUUID();
  private volatile Orders orders = Orders.NONE;

  OrderDesk() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(path, this::answer);
    server.start();
  }

  URI address() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
  }

  Orders orders() {
    return orders;
  }

  void give(Orders wanted) {
    orders = wanted;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = BYTES.serialize(orders);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
