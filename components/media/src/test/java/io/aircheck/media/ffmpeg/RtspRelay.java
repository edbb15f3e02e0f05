package io.aircheck.media.ffmpeg;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A small RTSP server (RFC 2326) on the loopback interface: takes a stream from one publisher
 * (ANNOUNCE, RECORD) and hands it on to players (DESCRIBE, PLAY), packets interleaved with the
 * conversation. A publisher waits for the first player, so that nothing is lost before it.
 */
final class RtspRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final CopyOnWriteArrayList<OutputStream> players = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Socket> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch announced = new CountDownLatch(1);
  private final CountDownLatch playing = new CountDownLatch(1);
  private volatile @Nullable String description;

  private RtspRelay(ServerSocket listener) {
    this.listener = listener;
  }

  static RtspRelay start() throws IOException {
    RtspRelay relay = new RtspRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("rtsp").start(relay::accept);
    return relay;
  }

  String address() {
    return "rtsp://127.0.0.1:" + listener.getLocalPort() + "/programme";
  }

  /** Waits until there is something to play. */
  void awaitPublisher() throws InterruptedException {
    if (!announced.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody publishes");
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        Thread.ofPlatform().daemon().name("rtsp-connection").start(() -> converse(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    boolean publisher = false;
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      OutputStream out = socket.getOutputStream();
      for (int first = in.read(); first >= 0; first = in.read()) {
        if (first == '$') {
          relay(in);
          continue;
        }
        String request = line(in, first);
        Map<String, String> headers = headers(in);
        byte[] body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
        in.readFully(body);
        String method = request.split(" ", 2)[0];
        publisher |= method.equals("ANNOUNCE");
        answer(method, headers, new String(body, StandardCharsets.UTF_8), out);
        if (method.equals("TEARDOWN")) {
          break;
        }
      }
    } catch (IOException gone) {
      // Whoever was there has left.
    } finally {
      if (publisher) {
        close();
      }
    }
  }

  /** A packet: channel, length, bytes (RFC 2326, 10.12). What players send is thrown away. */
  private void relay(DataInputStream in) throws IOException {
    int channel = in.readUnsignedByte();
    byte[] packet = new byte[in.readUnsignedShort()];
    in.readFully(packet);
    byte[] framed = new byte[packet.length + 4];
    framed[0] = '$';
    framed[1] = (byte) channel;
    framed[2] = (byte) (packet.length >> 8);
    framed[3] = (byte) packet.length;
    System.arraycopy(packet, 0, framed, 4, packet.length);
    for (OutputStream player : players) {
      write(player, framed);
    }
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    synchronized (out) {
      out.write(bytes);
    }
  }

  private void answer(String method, Map<String, String> headers, String body, OutputStream out)
      throws IOException {
    String sequence = "CSeq: " + headers.getOrDefault("cseq", "0") + "\r\n";
    String known = description;
    if (method.equals("DESCRIBE") && known == null) {
      reply(out, "RTSP/1.0 404 Not Found\r\n" + sequence + "\r\n");
      return;
    }
    String more =
        switch (method) {
          case "OPTIONS" ->
              "Public: OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, RECORD, TEARDOWN\r\n";
          case "DESCRIBE" ->
              "Content-Type: application/sdp\r\nContent-Length: "
                  + String.valueOf(known).getBytes(StandardCharsets.UTF_8).length
                  + "\r\n";
          case "SETUP" -> "Session: 1\r\nTransport: " + headers.get("transport") + "\r\n";
          default -> "Session: 1\r\n";
        };
    reply(
        out,
        "RTSP/1.0 200 OK\r\n"
            + sequence
            + more
            + "\r\n"
            + (method.equals("DESCRIBE") ? known : ""));
    switch (method) {
      case "ANNOUNCE" -> {
        description = body;
        announced.countDown();
      }
      case "RECORD" -> awaitPlayer();
      case "PLAY" -> {
        players.add(out);
        playing.countDown();
      }
      default -> {}
    }
  }

  private static void reply(OutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private void awaitPlayer() throws IOException {
    try {
      if (!playing.await(20, TimeUnit.SECONDS)) {
        throw new IOException("no player came");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> headers(DataInputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in, in.read()); !line.isEmpty(); line = line(in, in.read())) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts.length > 1 ? parts[1].strip() : "");
    }
    return headers;
  }

  private static String line(DataInputStream in, int first) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = first; c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException already) {
      // It is gone.
    }
  }
}
