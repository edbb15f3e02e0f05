package io.aircheck.notify.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.testkit.NotifierContract.Receiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives what HTTP channels send, on loopback, and behaves as told. */
public final class HttpReceiver implements AutoCloseable {

  /** What was sent. */
  public record Request(String path, Map<String, String> headers, byte[] body) {
    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Answers a request. */
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** One that answers as given. */
  public HttpReceiver(Answer answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange
                .getRequestHeaders()
                .forEach((name, values) -> headers.put(name, values.getFirst()));
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(new Request(exchange.getRequestURI().toString(), headers, body));
            answer.to(exchange);
          }
        });
    server.start();
  }

  /** One that behaves like a receiver of the contract. */
  public static HttpReceiver of(Receiver receiver) throws IOException {
    HttpReceiver[] self = new HttpReceiver[1];
    self[0] = new HttpReceiver(exchange -> self[0].behave(receiver, exchange));
    if (receiver == Receiver.IS_AWAY) {
      self[0].close();
    }
    return self[0];
  }

  private void behave(Receiver receiver, HttpExchange exchange) throws IOException {
    switch (receiver) {
      case ACCEPTS, IS_AWAY -> answer(exchange, 202, "taken");
      case IS_BUSY -> {
        exchange.getResponseHeaders().set("Retry-After", "7");
        answer(exchange, 503, "busy\nas a bee");
      }
      case REFUSES -> answer(exchange, 422, "no\nthanks");
      case ECHOES -> {
        Request request = requests.getLast();
        answer(exchange, 200, request.path() + " " + request.headers() + " " + request.text());
      }
      case HANGS -> waitForTheEnd();
      case NEVER_STOPS -> {
        exchange.sendResponseHeaders(200, 0);
        byte[] words = "and so on ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        OutputStream out = exchange.getResponseBody();
        while (closing.getCount() > 0) {
          out.write(words);
        }
      }
    }
  }

  private void waitForTheEnd() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends an answer. */
  public static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Its address. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** What it received so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** A port of loopback at which nobody listens. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
