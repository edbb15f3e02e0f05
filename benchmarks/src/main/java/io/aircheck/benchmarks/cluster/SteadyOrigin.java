package io.aircheck.benchmarks.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.benchmarks.origin.Programme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Live streams that play one programme over and over, each beginning somewhere else in it, with
 * half a minute of it in their playlists. What is on air follows from the time alone.
 */
final class SteadyOrigin implements AutoCloseable {
  private static final int LISTED = 15;

  /** Segments between the beginnings of two streams. */
  private static final int SHIFT = 3;

  /** A fault on air. */
  record OnAir(String stream, String kind, long startMillis) {}

  private final Programme programme;
  private final int streams;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final long epochMillis;

  SteadyOrigin(Programme programme, int streams) throws IOException {
    this.programme = programme;
    this.streams = streams;
    this.epochMillis = System.currentTimeMillis() - LISTED * Programme.SEGMENT_MILLIS;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static String id(int stream) {
    return "s%02d".formatted(stream);
  }

  String address(int stream) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + stream + "/index.m3u8";
  }

  /** Faults of all streams that begin between two moments. */
  List<OnAir> faults(long fromMillis, long toMillis) {
    List<OnAir> faults = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      for (long number = 0; onAirMillis(number) < toMillis; number++) {
        Optional<String> kind = programme.faultIn(index(stream, number));
        if (kind.isPresent() && onAirMillis(number) >= fromMillis) {
          faults.add(new OnAir(id(stream), kind.get(), onAirMillis(number)));
        }
      }
    }
    return faults;
  }

  private long onAirMillis(long number) {
    return epochMillis + number * Programme.SEGMENT_MILLIS;
  }

  private int index(int stream, long number) {
    return (int) ((number + (long) SHIFT * stream) % programme.segments().size());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().split("/");
      int stream = Integer.parseInt(path[1]);
      byte[] body =
          path[2].endsWith(".m3u8")
              ? playlist(stream).getBytes(StandardCharsets.UTF_8)
              : segment(stream, Long.parseLong(path[2].substring(0, path[2].indexOf('.'))));
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private byte[] segment(int stream, long number) {
    return programme.segments().get(index(stream, number));
  }

  /** A segment is listed when it is over. */
  private String playlist(int stream) {
    long end = (System.currentTimeMillis() - epochMillis) / Programme.SEGMENT_MILLIS;
    long first = Math.max(0, end - LISTED);
    int length = programme.segments().size();
    long joints = first == 0 ? 0 : ((first - 1) + (long) SHIFT * stream) / length;
    long begun = (long) SHIFT * stream / length;
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n");
    text.append("#EXT-X-MEDIA-SEQUENCE:").append(first).append('\n');
    text.append("#EXT-X-DISCONTINUITY-SEQUENCE:").append(joints - begun).append('\n');
    for (long number = first; number < end; number++) {
      boolean joint = number > 0 && index(stream, number) == 0;
      text.append(joint ? "#EXT-X-DISCONTINUITY\n" : "")
          .append("#EXTINF:2.000,\n")
          .append(number)
          .append(".ts\n");
    }
    return text.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
