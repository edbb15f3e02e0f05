package io.aircheck.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A bucket on a free port that speaks as much of the protocol of S3 as evidence and tables need.
 * Refuses what is not signed, and bodies that are not the ones that were signed. Lists have three
 * objects on a page. Thread-safe.
 */
public final class FakeS3 implements AutoCloseable {
  /** Its name. */
  public static final String BUCKET = "evidence";

  /** The region that requests must be signed for. */
  public static final String REGION = "eu-central-1";

  /** The access key that requests must be signed with; any secret will do. */
  public static final String ACCESS_KEY = "key";

  private static final String PATH = "/" + BUCKET + "/";
  private static final int PAGE = 3;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] content, Map<String, String> headers, Instant modified) {}

  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final HttpServer server;
  private volatile boolean refuses;

  /**
   * Listens on loopback from now on.
   *
   * @throws IOException when no port can be used
   */
  public FakeS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::answer);
    server.start();
  }

  /** Where clients find it, with the bucket as the first part of paths. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers so many requests with an error that passes. */
  public void fail(int times) {
    failures.set(times);
  }

  /** Takes nobody's credentials any more. */
  public void refuse() {
    refuses = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        send(exchange, 503, "<Error><Code>SlowDown</Code></Error>");
      } else if (refuses || !isSigned(exchange, body)) {
        send(exchange, 403, "<Error><Code>AccessDenied</Code></Error>");
      } else if (parameter(exchange, "list-type").equals("list-type=2")) {
        list(exchange);
      } else {
        object(exchange, exchange.getRequestURI().getPath().substring(PATH.length()), body);
      }
    }
  }

  private static boolean isSigned(HttpExchange exchange, byte[] body) {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    try {
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
      return authorization.startsWith("AWS4-HMAC-SHA256 Credential=" + ACCESS_KEY + "/")
          && authorization.contains("/" + REGION + "/s3/aws4_request")
          && hash.equals(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A parameter with its name; empty: it is not given. */
  private static String parameter(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getQuery();
    return query == null
        ? ""
        : Arrays.stream(query.split("&"))
            .filter(part -> part.startsWith(name + "="))
            .findFirst()
            .orElse("");
  }

  private void list(HttpExchange exchange) throws IOException {
    String prefix = parameter(exchange, "prefix").substring("prefix=".length());
    String after = parameter(exchange, "continuation-token").replace("continuation-token=", "");
    List<Map.Entry<String, Stored>> found =
        objects.tailMap(after, false).entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .toList();
    String contents =
        found.stream()
            .limit(PAGE)
            .map(
                entry ->
                    "<Contents><Key>%s</Key><LastModified>%s</LastModified><Size>%d</Size></Contents>"
                        .formatted(
                            entry.getKey(),
                            entry.getValue().modified(),
                            entry.getValue().content().length))
            .collect(Collectors.joining());
    String next =
        found.size() > PAGE
            ? "<NextContinuationToken>%s</NextContinuationToken>"
                .formatted(found.get(PAGE - 1).getKey())
            : "";
    send(exchange, 200, "<ListBucketResult>" + contents + next + "</ListBucketResult>");
  }

  private void object(HttpExchange exchange, String key, byte[] body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("Content-Type", "x-amz-meta-at-millis")) {
          String value = exchange.getRequestHeaders().getFirst(name);
          if (value != null) {
            headers.put(name, value);
          }
        }
        objects.put(key, new Stored(body, headers, Instant.now()));
        send(exchange, 200, "");
      }
      case "DELETE" -> {
        objects.remove(key);
        exchange.sendResponseHeaders(204, -1);
      }
      default -> {
        Stored stored = objects.get(key);
        if (stored == null) {
          send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
          return;
        }
        stored.headers().forEach((n, value) -> exchange.getResponseHeaders().set(n, value));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : stored.content().length);
        if (!head) {
          exchange.getResponseBody().write(stored.content());
        }
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    boolean nothing = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, nothing ? -1 : bytes.length);
    if (!nothing) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
