package io.aircheck.app.cost.measure.share;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Usage;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes an input once for each name that it is asked for, and hands it to all who ask for that
 * name.
 */
public final class FrameServer implements AutoCloseable {
  /** Memory that is a file, on Linux. */
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final MediaSources sources;
  private final SourceRequest input;
  private final int receiversOfEach;
  private final Meter meter = new Meter();
  private final ServerSocket server;
  private final Map<String, List<Socket>> waiting = new HashMap<>();

  /**
   * Waits for receivers from now on.
   *
   * @param receiversOfEach who ask for a name, until decoding begins
   * @throws IOException when no port of this machine can be used
   */
  public FrameServer(MediaSources sources, SourceRequest input, int receiversOfEach)
      throws IOException {
    this.sources = sources;
    this.input = input;
    this.receiversOfEach = receiversOfEach;
    this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("aircheck-frames").start(this::accept);
  }

  /** What receivers have to open for a name. */
  public SourceRequest request(String name) {
    return SourceRequest.of(
        "%s://%s:%d/%s"
            .formatted(
                SharedSources.SCHEME,
                server.getInetAddress().getHostAddress(),
                server.getLocalPort(),
                name));
  }

  /** What was handed on so far. */
  public Usage usage() {
    return meter.usage();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        String name = new DataInputStream(socket.getInputStream()).readUTF();
        List<Socket> receivers = waiting.computeIfAbsent(name, key -> new ArrayList<>());
        receivers.add(socket);
        if (receivers.size() == receiversOfEach) {
          waiting.remove(name);
          Thread.ofPlatform()
              .daemon()
              .name("aircheck-convert" + name)
              .start(() -> convert(receivers));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** Until the input ends, or a receiver has had enough. */
  private void convert(List<Socket> receivers) {
    Path folder =
        Files.isWritable(SHARED_MEMORY)
            ? SHARED_MEMORY
            : Path.of(System.getProperty("java.io.tmpdir"));
    try (FrameSender sender = new FrameSender(folder, meter, receivers);
        MediaSource source = sources.open(input)) {
      MediaEvent event;
      do {
        event = source.next();
        sender.send(event);
      } while (!(event instanceof MediaEvent.End));
    } catch (IOException | MediaException e) {
      // Receivers notice that it is over.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // Nothing is lost with it.
    }
  }
}
