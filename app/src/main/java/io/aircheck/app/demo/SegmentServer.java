package io.aircheck.app.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.app.demo.DemoFault.Type;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Serves the ladder's folder over HTTP on this machine alone, with faults in the delivery where the
 * schedule has them: a segment that is not there, packets that are lost, playlists that stand
 * still.
 */
final class SegmentServer implements AutoCloseable {
  private static final int PACKET = 188;

  /**
   * Packets without a fault at the head of a damaged segment: the tables, the start of a picture.
   */
  private static final int SPARED_PACKETS = 40;

  /** One packet in so many is lost, if it is of the picture. */
  private static final int LOSS_INTERVAL = 37;

  /** The stream of the picture, as the multiplexer of FFmpeg numbers it. */
  private static final int PICTURE_PID = 0x100;

  private static final int MOST_PID = 0x1fff;

  private static final int NOT_FOUND = 404;

  private final Path folder;
  private final Supplier<FaultSchedule> schedule;
  private final DoubleSupplier programmeSeconds;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> standing = new ConcurrentHashMap<>();

  /**
   * @param schedule what is wrong with the delivery when; asked again for each request
   * @param programmeSeconds programme time that has been reached
   * @throws IOException when no port can be had
   */
  SegmentServer(Path folder, Supplier<FaultSchedule> schedule, DoubleSupplier programmeSeconds)
      throws IOException {
    this.folder = folder;
    this.schedule = schedule;
    this.programmeSeconds = programmeSeconds;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** Address of the master playlist. */
  URI master() {
    return URI.create(
        "http://"
            + server.getAddress().getAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort()
            + "/master.m3u8");
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      Path file = folder.resolve(path).normalize();
      if (!file.startsWith(folder) || !Files.isRegularFile(file) || isMissing(file)) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
        return;
      }
      byte[] body = body(path, file);
      exchange
          .getResponseHeaders()
          .set(
              "Content-Type",
              path.endsWith(".ts") ? "video/mp2t" : "application/vnd.apple.mpegurl");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private byte[] body(String path, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (path.endsWith(".ts")) {
      return hits(Type.PACKET_LOSS, file) ? withLoss(bytes) : bytes;
    }
    boolean stands = schedule.get().holds(Type.STALE_PLAYLIST, programmeSeconds.getAsDouble());
    if (!stands) {
      standing.remove(path);
      return bytes;
    }
    return standing.computeIfAbsent(path, p -> bytes);
  }

  private boolean isMissing(Path file) {
    return hits(Type.MISSING_SEGMENT, file);
  }

  /** Whether a fault of a type concerns a segment. */
  private boolean hits(Type type, Path file) {
    String rendition = folder.relativize(file).getName(0).toString();
    return LiveLadder.segmentNumber(String.valueOf(file.getFileName()))
        .map(number -> schedule.get().hits(type, number, rendition))
        .orElse(false);
  }

  /**
   * The segment without some of its transport packets. Those of sound stay: a decoder makes any
   * noise of half a frame, and what is measured since the beginning, as loudness is, would hold it
   * for long.
   */
  static byte[] withLoss(byte[] segment) {
    byte[] result = new byte[segment.length];
    int length = 0;
    for (int packet = 0; (packet + 1) * PACKET <= segment.length; packet++) {
      boolean lost = packet >= SPARED_PACKETS && packet % LOSS_INTERVAL == 0;
      if (!lost || pid(segment, packet * PACKET) != PICTURE_PID) {
        System.arraycopy(segment, packet * PACKET, result, length, PACKET);
        length += PACKET;
      }
    }
    return Arrays.copyOf(result, length);
  }

  private static int pid(byte[] segment, int at) {
    return (segment[at + 1] << Byte.SIZE | segment[at + 2] & 0xff) & MOST_PID;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
