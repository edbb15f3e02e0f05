package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.SourceRequest;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every protocol against a real sender on the loopback interface. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetworkInputTest {
  private static final int DATAGRAM_BYTES = 7 * 188;
  private static final int PICTURES = 60;

  /** Senders block, so they must not share a pool. */
  private static final Executor OWN_THREAD =
      task -> Thread.ofPlatform().daemon().name("sender").start(task);

  private final FfmpegSourceFactory factory = new FfmpegSourceFactory();

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int freeTcpPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static SourceRequest request(String uri, int timeoutSeconds) {
    return SourceRequest.of(uri).withReadTimeout(Duration.ofSeconds(timeoutSeconds));
  }

  /** Sends a file over and over until told to stop. */
  private static CompletableFuture<Void> sendDatagrams(
      byte[] media, InetSocketAddress target, AtomicBoolean stop) {
    return CompletableFuture.runAsync(
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            if (target.getAddress().isMulticastAddress()) {
              socket.setOption(
                  StandardSocketOptions.IP_MULTICAST_IF,
                  NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
            }
            while (!stop.get()) {
              for (int at = 0; at < media.length; at += DATAGRAM_BYTES) {
                int length = Math.min(DATAGRAM_BYTES, media.length - at);
                socket.send(new DatagramPacket(media, at, length, target));
              }
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
          } catch (IOException failure) {
            throw new IllegalStateException(failure);
          }
        },
        OWN_THREAD);
  }

  /** Writes a programme to an address, trying again until somebody listens there. */
  private static CompletableFuture<Void> sendProgramme(
      String address, String container, Map<String, String> options) {
    return sendProgramme(address, container, options, PICTURES, new AtomicBoolean());
  }

  /** Writes that many pictures, or fewer when told to stop. */
  private static CompletableFuture<Void> sendProgramme(
      String address,
      String container,
      Map<String, String> options,
      int pictures,
      AtomicBoolean stop) {
    return CompletableFuture.runAsync(
        () -> {
          for (int attempt = 0; attempt < 200 && !stop.get(); attempt++) {
            try (MediaWriter writer =
                FfmpegWriter.open(
                    address,
                    TestMedia.request(
                        Path.of("unused"), container, ChannelLayout.STEREO, options))) {
              for (int n = 0; n < pictures && !stop.get(); n++) {
                TestMedia.writePicture(writer, n, ChannelLayout.STEREO);
              }
              writer.finish();
              return;
            } catch (MediaException notYet) {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
          }
          throw new IllegalStateException("nobody listened");
        },
        OWN_THREAD);
  }

  /** Plays until a number of pictures has come, or the input ends or breaks. */
  private static Played play(MediaSource source, int pictures) {
    Played played = new Played();
    try {
      while (played.pictures.size() < pictures
          && !(played.take(source.next()) instanceof MediaEvent.End)) {
        // Goes on.
      }
    } catch (MediaException broken) {
      // A sender that goes away may count as a lost connection.
    }
    return played;
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, udp://127.0.0.1:%d",
    "239.255.77.7, udp://@239.255.77.7:%d?localaddr=127.0.0.1"
  })
  void open_transportStreamOverUdp_deliversPicturesThenIdle(
      String group, String pattern, @TempDir Path folder) throws Exception {
    byte[] media = Files.readAllBytes(TestMedia.write(folder.resolve("a.ts"), "mpegts", 50));
    int port = freeUdpPort();
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> sender = sendDatagrams(media, new InetSocketAddress(group, port), stop);
    try (MediaSource source = factory.open(request(pattern.formatted(port), 10))) {
      assertThat(source.info().live()).isTrue();
      assertThat(source.info().container()).isEqualTo("mpegts");
      Played played = play(source, 100);
      stop.set(true);
      sender.join();

      assertThat(played.pictures).hasSize(100);
      assertThat(played.sounds).isNotEmpty();
    } finally {
      stop.set(true);
    }
  }

  @Test
  void next_udpSenderStops_sendsIdleAfterTheReadTimeout(@TempDir Path folder) throws Exception {
    byte[] media = Files.readAllBytes(TestMedia.write(folder.resolve("a.ts"), "mpegts", 50));
    int port = freeUdpPort();
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> sender =
        sendDatagrams(media, new InetSocketAddress("127.0.0.1", port), stop);
    try (MediaSource source = factory.open(request("udp://127.0.0.1:" + port, 2))) {
      stop.set(true);
      sender.join();
      MediaEvent event = source.next();
      while (!(event instanceof MediaEvent.Idle)) {
        event = source.next();
      }

      assertThat(((MediaEvent.Idle) event).silentMillis()).isGreaterThanOrEqualTo(1900);
      assertThat(source.next()).isInstanceOf(MediaEvent.Idle.class);
    } finally {
      stop.set(true);
    }
  }

  @Test
  void open_udpWithoutSender_timesOut() throws Exception {
    int port = freeUdpPort();

    assertThatThrownBy(() -> factory.open(request("udp://127.0.0.1:" + port, 1)))
        .isInstanceOfSatisfying(
            MediaException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
  }

  @Test
  void stop_whileNextWaits_endsTheWait(@TempDir Path folder) throws Exception {
    byte[] media = Files.readAllBytes(TestMedia.write(folder.resolve("a.ts"), "mpegts", 50));
    int port = freeUdpPort();
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> sender =
        sendDatagrams(media, new InetSocketAddress("127.0.0.1", port), stop);
    MediaSource source = factory.open(request("udp://127.0.0.1:" + port, 50));
    stop.set(true);
    sender.join();
    CompletableFuture<Played> player =
        CompletableFuture.supplyAsync(() -> play(source, Integer.MAX_VALUE), OWN_THREAD);

    source.stop();

    assertThat(player.get(20, TimeUnit.SECONDS)).isNotNull();
    source.close();
  }

  /** Opens an input, trying again while nobody answers there yet. */
  private MediaSource openWhenAnswered(String address) throws MediaException {
    for (int attempt = 0; ; attempt++) {
      try {
        return factory.open(request(address, 10));
      } catch (MediaException notYet) {
        if (!notYet.reason().isTransient() || attempt == 100) {
          throw notYet;
        }
        // A refusal comes at once: a sender that is still beginning is given some seconds.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"caller, listener", "listener, caller"})
  void open_srt_deliversPictures(String senderMode, String sourceMode) throws Exception {
    String address = "srt://127.0.0.1:" + freeUdpPort() + "?mode=";
    AtomicBoolean stop = new AtomicBoolean();
    // What SRT has not sent when it is closed is gone, so the sender goes on until it is stopped.
    CompletableFuture<Void> sender =
        sendProgramme(address + senderMode, "mpegts", Map.of(), 5_000, stop);
    try (MediaSource source = openWhenAnswered(address + sourceMode)) {
      Played played = play(source, 40);

      assertThat(played.pictures).hasSizeGreaterThanOrEqualTo(40);
      assertThat(played.sounds).isNotEmpty();
    } finally {
      stop.set(true);
    }
    sender.handle((done, failed) -> done).get(20, TimeUnit.SECONDS);
  }

  @Test
  void open_rtmpListener_deliversPictures() throws Exception {
    String address = "rtmp://127.0.0.1:" + freeTcpPort() + "/live/programme";
    CompletableFuture<Void> sender = sendProgramme(address, "flv", Map.of());
    try (MediaSource source = factory.open(request(address + "?listen=1", 10))) {
      Played played = play(source, 40);

      assertThat(source.info().container()).isEqualTo("flv");
      assertThat(played.pictures).hasSizeGreaterThanOrEqualTo(40);
      assertThat(played.sounds).isNotEmpty();
    }
    sender.handle((done, failed) -> done).get(20, TimeUnit.SECONDS);
  }

  /** The source is the player here, the sender the server that waits for it. */
  @Test
  void open_rtmpServer_deliversPicturesUntilItGoesAway() throws Exception {
    String address = "rtmp://127.0.0.1:" + freeTcpPort() + "/live/programme";
    CompletableFuture<Void> server = sendProgramme(address, "flv", Map.of("listen", "1"));
    try (MediaSource source = openWhenAnswered(address)) {
      Played played = play(source, Integer.MAX_VALUE);

      assertThat(source.info().live()).isTrue();
      assertThat(source.info().container()).isEqualTo("flv");
      assertThat(played.pictures).hasSizeGreaterThanOrEqualTo(40);
      assertThat(played.sounds).isNotEmpty();
    }
    server.handle((done, failed) -> done).get(20, TimeUnit.SECONDS);
  }

  @Test
  void open_rtspServer_deliversPicturesUntilItGoesAway() throws Exception {
    try (RtspRelay relay = RtspRelay.start()) {
      CompletableFuture<Void> publisher =
          sendProgramme(relay.address(), "rtsp", Map.of("rtsp_transport", "tcp"));
      relay.awaitPublisher();
      try (MediaSource source = factory.open(request(relay.address(), 10))) {
        Played played = play(source, Integer.MAX_VALUE);

        assertThat(source.info().live()).isTrue();
        assertThat(source.info().container()).isEqualTo("rtsp");
        assertThat(played.pictures).hasSizeGreaterThanOrEqualTo(40);
        assertThat(played.sounds).isNotEmpty();
      }
      publisher.handle((done, failed) -> done).get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void open_rtspStreamThatNobodyPublishes_saysNotFound() throws Exception {
    try (RtspRelay relay = RtspRelay.start()) {
      assertThatThrownBy(() -> factory.open(request(relay.address(), 5)))
          .isInstanceOfSatisfying(
              MediaException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND))
          .hasMessageContaining("no such stream");
    }
  }

  @Test
  void open_rtspListener_deliversPictures() throws Exception {
    String address = "rtsp://127.0.0.1:" + freeTcpPort() + "/programme";
    CompletableFuture<Void> sender =
        sendProgramme(address, "rtsp", Map.of("rtsp_transport", "tcp"));
    try (MediaSource source = factory.open(request(address + "?listen=1", 10))) {
      Played played = play(source, 30);

      assertThat(source.info().container()).isEqualTo("rtsp");
      assertThat(played.pictures).hasSizeGreaterThanOrEqualTo(30);
      assertThat(played.sounds).isNotEmpty();
    }
    sender.handle((done, failed) -> done).get(20, TimeUnit.SECONDS);
  }

  /** Serves a folder; a path below {@code /denied} is forbidden. */
  private static HttpServer serve(Path folder) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
          if (exchange.getRequestURI().getPath().startsWith("/denied")) {
            exchange.sendResponseHeaders(403, -1);
          } else if (!Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            byte[] bytes = Files.readAllBytes(file);
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = 0;
            if (range != null) {
              from = Integer.parseInt(range.replaceAll("\\D*(\\d+)-.*", "$1"));
            }
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
            exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length - from);
            exchange.getResponseBody().write(bytes, from, bytes.length - from);
          }
          exchange.close();
        });
    server.start();
    return server;
  }

  @ParameterizedTest
  @CsvSource({"mpegts, mpegts", "mp4, mp4", "matroska, matroska"})
  void open_http_deliversAllPictures(String container, String reported, @TempDir Path folder)
      throws Exception {
    TestMedia.write(folder.resolve("programme"), container, 50);
    HttpServer server = serve(folder);
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/programme";
    try (MediaSource source = factory.open(request(address, 10))) {
      Played played = Played.all(source);

      assertThat(source.info().container()).isEqualTo(reported);
      assertThat(played.pictures).hasSize(50);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"/none.ts?token=secret, NOT_FOUND", "/denied/a.ts?token=secret, DENIED"})
  void open_httpRefused_saysWhyWithoutSecrets(String path, Reason reason, @TempDir Path folder)
      throws Exception {
    HttpServer server = serve(folder);
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    try {
      assertThatThrownBy(() -> factory.open(request(address, 5)))
          .isInstanceOfSatisfying(
              MediaException.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(reason);
                assertThat(failure).message().doesNotContain("secret").doesNotContain("\n");
              });
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"http", "rtmp", "rtsp"})
  void open_nobodyListens_saysNotFound(String scheme) throws Exception {
    String address = scheme + "://127.0.0.1:" + freeTcpPort() + "/live/a";

    assertThatThrownBy(() -> factory.open(request(address, 5)))
        .isInstanceOfSatisfying(
            MediaException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
  }
}
