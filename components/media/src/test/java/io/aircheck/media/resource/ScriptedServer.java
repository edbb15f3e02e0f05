package io.aircheck.media.resource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A loopback server whose answers tests put in and change while it runs. */
public final class ScriptedServer implements AutoCloseable {

  /** An answer. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {}

  /** What was asked for. */
  public record Asked(String path, Map<String, String> headers) {}

  public final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  public ScriptedServer put(String path, String text) {
    return put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public ScriptedServer put(String path, byte[] body) {
    return put(path, new Answer(200, Map.of(), body));
  }

  public ScriptedServer put(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  public void remove(String path) {
    answers.remove(path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      asked.add(new Asked(path, headers));
      Answer answer = answers.get(path);
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = answer.body();
      int status = answer.status();
      String range = headers.get("Range");
      if (range != null && status == 200) {
        String[] span = range.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(span[0]);
        int to = Math.min(body.length, Integer.parseInt(span[1]) + 1);
        body = Arrays.copyOfRange(body, from, to);
        status = 206;
      }
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
