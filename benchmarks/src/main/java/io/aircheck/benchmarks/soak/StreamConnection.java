package io.aircheck.benchmarks.soak;

import io.aircheck.benchmarks.soak.Spell.Trouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers the requests of one connection, as the stream's trouble allows. One thread. */
final class StreamConnection {
  private static final long PULSE_MILLIS = 200;

  /** One byte in so many is damaged: about one transport packet in three. */
  private static final int DAMAGE_INTERVAL = 563;

  private final UnsteadyStream stream;
  private final Socket socket;

  StreamConnection(UnsteadyStream stream, Socket socket) {
    this.stream = stream;
    this.socket = socket;
  }

  /** Returns when the connection is closed. */
  void serve() {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      for (String request = in.readLine(); request != null; request = in.readLine()) {
        for (String header = in.readLine(); header != null && !header.isEmpty(); ) {
          header = in.readLine();
        }
        while (stream.trouble() == Trouble.HANG && !socket.isClosed()) {
          Thread.sleep(PULSE_MILLIS);
        }
        answer(request.split(" ")[1], out);
      }
    } catch (IOException gone) {
      // By the client, or by the stream's trouble.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String path, OutputStream out) throws IOException, InterruptedException {
    if (stream.trouble() == Trouble.MISSING) {
      head(out, "404 Not Found", "text/plain", 0);
    } else if (path.endsWith("/live.ts")) {
      head(out, "200 OK", "video/mp2t", -1);
      play(out);
      socket.close(); // Its end is the end of the body.
    } else if (path.endsWith("/master.m3u8")) {
      text(out, stream.master());
    } else if (path.endsWith(".m3u8")) {
      text(out, stream.playlist());
    } else {
      segment(out, path);
    }
  }

  private static void text(OutputStream out, String playlist) throws IOException {
    byte[] body = playlist.getBytes(StandardCharsets.UTF_8);
    head(out, "200 OK", "application/vnd.apple.mpegurl", body.length);
    out.write(body);
  }

  /**
   * @param length of the body; -1: until the connection is closed
   */
  private static void head(OutputStream out, String status, String type, long length)
      throws IOException {
    String end = length < 0 ? "Connection: close\r\n" : "Content-Length: " + length + "\r\n";
    String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + end + "\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void segment(OutputStream out, String path) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1).replace(".ts", "");
    Optional<LiveWindow.Segment> found =
        name.matches("\\d{1,9}") ? stream.segment(Long.parseLong(name)) : Optional.empty();
    if (found.isEmpty()) {
      head(out, "404 Not Found", "text/plain", 0);
      return;
    }
    byte[] body = found.get().body(path.contains("/large/"));
    head(out, "200 OK", "video/mp2t", body.length);
    if (stream.trouble() == Trouble.CUT) {
      out.write(body, 0, body.length / 2);
      socket.close();
    } else {
      out.write(delivered(body));
    }
  }

  private byte[] delivered(byte[] body) {
    if (stream.trouble() != Trouble.CORRUPT) {
      return body;
    }
    byte[] damaged = body.clone();
    for (int i = DAMAGE_INTERVAL; i < damaged.length; i += DAMAGE_INTERVAL) {
      damaged[i] ^= (byte) (1 + i % 255);
    }
    return damaged;
  }

  /** What is on air, a piece at a time, until the connection is closed. */
  private void play(OutputStream out) throws IOException, InterruptedException {
    LiveWindow.Segment playing = stream.newest();
    long sent = 0;
    while (playing != null && !socket.isClosed()) {
      long now = System.currentTimeMillis();
      byte[] body = delivered(playing.body(false));
      long share = Math.min(Loop.SEGMENT_MILLIS, now - playing.startMillis());
      long due = body.length * share / Loop.SEGMENT_MILLIS;
      boolean silent = stream.trouble() == Trouble.STALL || stream.trouble() == Trouble.HANG;
      if (!silent && due > sent) {
        out.write(body, (int) sent, (int) (due - sent));
        sent = due;
      }
      Optional<LiveWindow.Segment> next = stream.segment(playing.number() + 1);
      if (sent == body.length && next.isPresent()) {
        playing = next.get();
        sent = 0;
      } else if (sent == body.length && isBehind(playing)) {
        return; // Another encoder has begun, or it was silent for too long.
      } else {
        Thread.sleep(PULSE_MILLIS);
      }
      if (stream.trouble() == Trouble.CUT && sent > body.length / 2) {
        return;
      }
    }
  }

  private boolean isBehind(LiveWindow.Segment playing) {
    LiveWindow.Segment newest = stream.newest();
    return newest != null && newest.number() != playing.number();
  }
}
