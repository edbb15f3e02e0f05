package io.aircheck.app.serve.players;

import com.sun.net.httpserver.HttpExchange;
import io.aircheck.app.serve.players.BreakableStage.Delivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a film at the pace at which it is played, two seconds ahead and a little faster: what is
 * held back is soon missed. Players that lost their connection ask for the rest.
 */
final class FilmDelivery {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-\\d*");
  private static final int BLOCK_BYTES = 4096;
  private static final double SPEED = 1.2;
  private static final long NANOS_PER_BLOCK =
      (long) (BLOCK_BYTES * 1e9 / Film.BYTES_PER_SECOND / SPEED);
  private static final long AHEAD_NANOS = 2_000_000_000;

  private final Path file;
  private final Gate gate;

  /** What stands before each block. */
  @FunctionalInterface
  interface Gate {
    /** How it is delivered now; waits while it is not. */
    Delivery pass() throws InterruptedException;
  }

  FilmDelivery(Path file, Gate gate) {
    this.file = file;
    this.gate = gate;
  }

  /** Answers, until all of it has been sent or it is cut. */
  void send(HttpExchange exchange) throws IOException, InterruptedException {
    Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    long from = range.matches() ? Long.parseLong(range.group(1)) : 0;
    long size = Files.size(file);
    exchange.getResponseHeaders().set("Content-Type", "video/mp4");
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, size - 1, size));
    exchange.sendResponseHeaders(206, size - from);
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      send(in, exchange.getResponseBody());
    } finally {
      exchange.close();
    }
  }

  private void send(InputStream in, OutputStream out) throws IOException, InterruptedException {
    byte[] block = new byte[BLOCK_BYTES];
    long due = System.nanoTime() - AHEAD_NANOS;
    for (int length = in.read(block);
        length > 0 && gate.pass() == Delivery.SOUND;
        length = in.read(block)) {
      out.write(block, 0, length);
      out.flush();
      due = Math.max(due, System.nanoTime() - AHEAD_NANOS) + NANOS_PER_BLOCK;
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
  }
}
