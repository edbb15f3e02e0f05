package io.aircheck.app.cost.measure.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of this machine that speaks the protocol of Amazon S3 as far as functions need it: PUT
 * and GET of whole objects by paths, with the conditions If-Match and If-None-Match. Signatures are
 * not looked at. Objects are in memory.
 */
final class LocalBucket implements AutoCloseable {
  static final String NAME = "frames";

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private record Stored(byte[] bytes, String tag) {}

  private final Map<String, Stored> objects = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /**
   * Listens on loopback from now on.
   *
   * @throws IOException when no port can be used
   */
  LocalBucket() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/" + NAME + "/", this::answer);
    server.start();
  }

  /** Where clients find it. */
  URI endpoint() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestURI().getPath();
      switch (exchange.getRequestMethod()) {
        case "PUT" -> put(exchange, key);
        case "GET" -> get(exchange, key);
        default -> refuse(exchange, NOT_IMPLEMENTED, "NotImplemented");
      }
    }
  }

  private void put(HttpExchange exchange, String key) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    boolean chunked = hash != null && hash.startsWith("STREAMING-");
    Stored written =
        new Stored(chunked ? joined(sent) : sent, "\"%d\"".formatted(versions.incrementAndGet()));
    String match = exchange.getRequestHeaders().getFirst("If-Match");
    boolean onlyNew = exchange.getRequestHeaders().getFirst("If-None-Match") != null;
    Stored now =
        objects.compute(key, (name, before) -> allowed(before, match, onlyNew) ? written : before);
    if (now != written) {
      refuse(exchange, PRECONDITION_FAILED, "PreconditionFailed");
      return;
    }
    exchange.getResponseHeaders().set("ETag", written.tag());
    exchange.sendResponseHeaders(OK, -1);
  }

  private static boolean allowed(@Nullable Stored before, @Nullable String match, boolean onlyNew) {
    if (onlyNew) {
      return before == null;
    }
    return match == null || (before != null && before.tag().equals(match));
  }

  /** The chunks of a body in the encoding {@code aws-chunked}, without their signatures. */
  private static byte[] joined(byte[] sent) throws IOException {
    InputStream in = new ByteArrayInputStream(sent);
    ByteArrayOutputStream out = new ByteArrayOutputStream(sent.length);
    while (true) {
      String head = line(in);
      int length = Integer.parseInt(head.split(";", 2)[0], 16);
      if (length == 0) {
        return out.toByteArray();
      }
      out.write(in.readNBytes(length));
      line(in);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("a chunk is cut off");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    Stored stored = objects.get(key);
    if (stored == null) {
      refuse(exchange, NOT_FOUND, "NoSuchKey");
      return;
    }
    exchange.getResponseHeaders().set("ETag", stored.tag());
    exchange.sendResponseHeaders(OK, stored.bytes().length == 0 ? -1 : stored.bytes().length);
    exchange.getResponseBody().write(stored.bytes());
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    byte[] words =
        "<Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, code)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, words.length);
    exchange.getResponseBody().write(words);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
