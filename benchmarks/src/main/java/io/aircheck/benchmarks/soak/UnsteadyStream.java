package io.aircheck.benchmarks.soak;

import io.aircheck.benchmarks.soak.Spell.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A live stream at a port of its own that has one trouble after another, at random by its seed. One
 * thread lets it go on with {@link #tick}; connections have threads of their own.
 */
final class UnsteadyStream {

  /** How it is delivered. */
  enum Delivery {
    HLS,
    HLS_LADDER,
    TRANSPORT
  }

  private final String id;
  private final Delivery delivery;
  private final List<Loop> loops;
  private final Random random;
  private final int port;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final LiveWindow window;
  private Spell spell = new Spell(Trouble.NONE, 0);
  private long spellEndMillis;
  private long healthySinceMillis;
  private @Nullable ServerSocket listener;

  UnsteadyStream(String id, Delivery delivery, List<Loop> loops, long seed, long nowMillis)
      throws IOException {
    this.id = id;
    this.delivery = delivery;
    this.loops = List.copyOf(loops);
    this.random = new Random(seed);
    this.window =
        new LiveWindow(anyLoop(), random.nextInt(loops.getFirst().small().size()), nowMillis);
    this.healthySinceMillis = nowMillis;
    this.spellEndMillis = nowMillis + random.nextLong(5_000, 30_000);
    this.port = listen(0);
  }

  private Loop anyLoop() {
    return loops.get(random.nextInt(loops.size()));
  }

  private int listen(int wantedPort) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    listener = socket;
    Thread.ofVirtual().name(id).start(() -> accept(socket));
    return socket.getLocalPort();
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual()
            .name(id)
            .start(
                () -> {
                  new StreamConnection(this, connection).serve();
                  connections.remove(connection);
                });
      } catch (IOException e) {
        return; // It has vanished.
      }
    }
  }

  String id() {
    return id;
  }

  Delivery delivery() {
    return delivery;
  }

  /** Address to watch. */
  String address() {
    String path =
        switch (delivery) {
          case HLS -> "small/index.m3u8";
          case HLS_LADDER -> "master.m3u8";
          case TRANSPORT -> "live.ts";
        };
    return "http://127.0.0.1:" + port + "/" + path;
  }

  /** Lets it go on: a trouble begins or ends, segments come on air. */
  synchronized void tick(long nowMillis) {
    while (nowMillis >= spellEndMillis && end(spell.trouble(), nowMillis)) {
      spell = Spell.after(spell.trouble(), random);
      spellEndMillis = nowMillis + spell.millis();
      begin(spell.trouble(), nowMillis);
      if (spell.trouble() != Trouble.FORMAT) {
        break;
      }
    }
    if (spell.trouble() != Trouble.STALL && spell.trouble() != Trouble.VANISH) {
      window.advance(nowMillis);
    }
  }

  private void begin(Trouble trouble, long nowMillis) {
    healthySinceMillis = trouble == Trouble.NONE ? nowMillis : -1;
    switch (trouble) {
      case FORMAT -> window.change(anyLoop());
      case MISSING, CUT -> hangUp();
      case VANISH -> {
        closeListener();
        hangUp();
      }
      default -> {
        // Connections find out by themselves.
      }
    }
  }

  /** Returns whether it is over: a port may be taken by somebody else meanwhile. */
  private boolean end(Trouble trouble, long nowMillis) {
    switch (trouble) {
      case STALL -> window.resume(nowMillis);
      case HANG -> hangUp();
      case VANISH -> {
        try {
          listen(port);
        } catch (IOException taken) {
          return false;
        }
        if (random.nextBoolean()) {
          window.change(anyLoop());
          window.restart(random.nextInt(loops.getFirst().small().size()), nowMillis);
        } else {
          window.resume(nowMillis);
        }
      }
      default -> {
        // It ends by itself.
      }
    }
    return true;
  }

  /** It was not served for some time, through no trouble of its own: health begins anew. */
  synchronized void lagged(long nowMillis) {
    healthySinceMillis = healthySinceMillis < 0 ? healthySinceMillis : nowMillis;
  }

  private void hangUp() {
    connections.forEach(UnsteadyStream::close);
  }

  private void closeListener() {
    ServerSocket socket = listener;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException ignored) {
        // Nothing can be lost.
      }
    }
  }

  static void close(Socket connection) {
    try {
      connection.close();
    } catch (IOException ignored) {
      // Nothing can be lost.
    }
  }

  synchronized Trouble trouble() {
    return spell.trouble();
  }

  /** Since when it is served well, wall clock; -1 while it is not. */
  synchronized long healthySinceMillis() {
    return healthySinceMillis;
  }

  synchronized Optional<LiveWindow.Segment> segment(long number) {
    return window.find(number);
  }

  synchronized LiveWindow.@Nullable Segment newest() {
    return window.newest();
  }

  synchronized String playlist() {
    return window.playlist();
  }

  /** The ladder as it is now. */
  synchronized String master() {
    LiveWindow.Segment newest = window.newest();
    Loop loop = newest == null ? loops.getFirst() : newest.loop();
    String entry =
        """
        #EXT-X-STREAM-INF:BANDWIDTH=%d,RESOLUTION=%dx%d,CODECS="avc1.42c00b,mp4a.40.2",NAME="%s"
        %s/index.m3u8
        """;
    return "#EXTM3U\n#EXT-X-VERSION:3\n"
        + entry.formatted(250_000, loop.width(), loop.height(), "large", "large")
        + entry.formatted(200_000, loop.width() / 2, loop.height() / 2, "small", "small");
  }

  /** Sockets that it holds open: they are in the same process as the service. */
  int sockets() {
    ServerSocket socket = listener;
    return connections.size() + (socket == null || socket.isClosed() ? 0 : 1);
  }

  synchronized void close() {
    spellEndMillis = Long.MAX_VALUE;
    closeListener();
    hangUp();
  }
}
