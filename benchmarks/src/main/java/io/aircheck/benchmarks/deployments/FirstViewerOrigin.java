package io.aircheck.benchmarks.deployments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.benchmarks.origin.Programme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A live stream that waits for its first viewer: as many segments as one joins with are listed, and
 * time begins when the first of them is asked for. So whoever comes first sees the programme from
 * its beginning, at the pace of a live stream, however long he took to come. Thread-safe.
 */
final class FirstViewerOrigin implements AutoCloseable {
  /** A live playlist is joined three target durations before its end (RFC 8216, 6.3.3). */
  private static final int JOINED = 3;

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Programme programme;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** When the first segment was asked for; 0: nobody has. */
  private final AtomicLong begunMillis = new AtomicLong();

  /** Listens on loopback from now on. */
  FirstViewerOrigin(Programme programme) throws IOException {
    this.programme = programme;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Address of the playlist. */
  String address() {
    return "http://127.0.0.1:%d/live.m3u8".formatted(server.getAddress().getPort());
  }

  /**
   * When a live encoder would have come to a position of the programme, wall-clock milliseconds.
   *
   * @throws IllegalStateException when nobody has asked for a segment yet
   */
  long madeMillis(long programmeMillis) {
    long begun = begunMillis.get();
    if (begun == 0) {
      throw new IllegalStateException("nobody has watched");
    }
    return begun + programmeMillis - JOINED * Programme.SEGMENT_MILLIS;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      byte[] body;
      if (name.equals("live.m3u8")) {
        body = playlist().getBytes(StandardCharsets.UTF_8);
      } else if (name.matches("\\d+\\.ts") && number(name) < programme.segments().size()) {
        begunMillis.compareAndSet(0, System.currentTimeMillis());
        body = programme.segments().get(number(name));
      } else {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
        return;
      }
      exchange.sendResponseHeaders(OK, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(0, name.indexOf('.')));
  }

  /** A segment is listed when a live encoder would have finished it, and stays listed. */
  private String playlist() {
    long begun = begunMillis.get();
    long passed = begun == 0 ? 0 : (System.currentTimeMillis() - begun) / Programme.SEGMENT_MILLIS;
    long listed = Math.min(programme.segments().size(), JOINED + passed);
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n");
    text.append("#EXT-X-MEDIA-SEQUENCE:0\n");
    for (long number = 0; number < listed; number++) {
      text.append("#EXTINF:2.000,\n").append(number).append(".ts\n");
    }
    return text.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
