package io.aircheck.faults.hls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;

/**
 * Serves a folder with an HLS stream on the loopback interface, at a port that the system chooses.
 * The live playlist changes as its schedule says; everything else is served as it lies there.
 *
 * <p>The schedule runs on a clock of the caller's: {@link #realTime()} for a stream as viewers see
 * it, any other supplier of seconds for tests.
 */
public final class ScheduledHlsServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path folder;
  private final Path livePath;
  private final PlaylistSchedule schedule;
  private final DoubleSupplier clockSeconds;

  private ScheduledHlsServer(
      Path folder, String live, PlaylistSchedule schedule, DoubleSupplier clockSeconds)
      throws IOException {
    this.folder = folder.toRealPath();
    this.livePath = this.folder.resolve(live).normalize();
    this.schedule = schedule;
    this.clockSeconds = clockSeconds;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Starts serving.
   *
   * @param folder what to serve; paths outside it are not
   * @param live path of the live playlist below the folder, such as {@code live/index.m3u8}; need
   *     not exist. The versions' relative addresses must fit its place
   * @param schedule which file is served as the live playlist when
   * @param clockSeconds seconds since the schedule's start; called by several threads
   * @throws IOException when the folder does not exist or no port can be had
   */
  public static ScheduledHlsServer start(
      Path folder, String live, PlaylistSchedule schedule, DoubleSupplier clockSeconds)
      throws IOException {
    return new ScheduledHlsServer(folder, live, schedule, clockSeconds);
  }

  /** A clock that counts the seconds since the first time it is asked. */
  public static DoubleSupplier realTime() {
    return new DoubleSupplier() {
      private long startNanos;
      private boolean started;

      @Override
      public synchronized double getAsDouble() {
        if (!started) {
          started = true;
          startNanos = System.nanoTime();
        }
        return (System.nanoTime() - startNanos) / 1e9;
      }
    };
  }

  /** Address of the live playlist. */
  public URI liveUri() {
    return uri(folder.relativize(livePath).toString().replace('\\', '/'));
  }

  /** Address of a file below the folder. */
  public URI uri(String path) {
    return URI.create(
            "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort())
        .resolve("/" + path);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path asked = folder.resolve("." + exchange.getRequestURI().getPath()).normalize();
      Path file =
          asked.equals(livePath) ? folder.resolve(schedule.at(clockSeconds.getAsDouble())) : asked;
      if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", contentType(file.toString()));
      exchange.getResponseHeaders().set("Cache-Control", "no-cache");
      exchange.sendResponseHeaders(200, Math.max(1, Files.size(file)));
      try (OutputStream body = exchange.getResponseBody()) {
        Files.copy(file, body);
      }
    }
  }

  private static String contentType(String name) {
    int dot = name.lastIndexOf('.');
    return switch (name.substring(dot + 1)) {
      case "m3u8" -> "application/vnd.apple.mpegurl";
      case "ts" -> "video/mp2t";
      case "mp4", "m4s" -> "video/mp4";
      default -> "application/octet-stream";
    };
  }

  /** Stops serving at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
