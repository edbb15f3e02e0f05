package io.aircheck.media.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.hls.PlaylistReader;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.resource.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that want more than they may have, in the memory of a test. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileInputTest {
  private final MediaSources sources = MediaSources.installed();

  private void assertRefused(String uri, Reason reason, String words) {
    SourceRequest request = SourceRequest.of(uri).withReadTimeout(Duration.ofSeconds(5));
    assertThatThrownBy(
            () -> {
              try (MediaSource source = sources.open(request)) {
                source.next();
              }
            })
        .isInstanceOfSatisfying(
            MediaException.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .message()
        .contains(words)
        .doesNotContain("\n");
  }

  @Test
  void open_hugePictures_areRefused(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.y4m"), "YUV4MPEG2 W5000 H4000 F25:1 C420jpeg\nFRAME\nxxxx");

    assertRefused(file.toString(), Reason.LIMIT_EXCEEDED, "5000x4000");
  }

  @Test
  void read_millionSegments_isRefused() {
    String text = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n" + "#EXTINF:1,\na\n".repeat(1_000_000);

    assertThatThrownBy(() -> PlaylistReader.read(text, URI.create("http://host/a.m3u8")))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("more than 100000 segments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#EXTM3U\n", "<MPD>"})
  void open_decompressionBomb_isRefused(String start) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(start.getBytes(StandardCharsets.US_ASCII));
      byte[] block = "#\n".repeat(1 << 19).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 200; i++) {
        gzip.write(block);
      }
    }
    try (ScriptedServer server = new ScriptedServer()) {
      server.put(
          "/a.m3u8",
          new ScriptedServer.Answer(200, Map.of("Content-Encoding", "gzip"), packed.toByteArray()));

      assertRefused(
          server.uri("/a.m3u8").toString(), Reason.LIMIT_EXCEEDED, "larger than the limit");
    }
  }

  /** Sends a head and then the same again for ever. */
  private static ServerSocket endless(String head, String again) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                  socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                  byte[] block = again.getBytes(StandardCharsets.US_ASCII);
                  while (true) {
                    socket.getOutputStream().write(block);
                  }
                } catch (IOException gone) {
                  // The client had enough.
                }
              }
            });
    return listener;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.m3u8", "a.mpd"})
  void open_playlistWithoutEnd_isRefused(String name) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n#EXTM3U\n";
    try (ServerSocket server = endless(head, "#EXTINF:1,\na.ts\n".repeat(1000))) {
      assertRefused(
          "http://127.0.0.1:%d/%s".formatted(server.getLocalPort(), name),
          Reason.LIMIT_EXCEEDED,
          "larger than the limit");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.m3u8", "a.ts"})
  void open_headersWithoutEnd_areRefused(String name) throws IOException {
    try (ServerSocket server = endless("HTTP/1.1 200 OK\r\n", "X-More: more\r\n".repeat(1000))) {
      assertRefused(
          "http://127.0.0.1:%d/%s".formatted(server.getLocalPort(), name),
          Reason.DISCONNECTED,
          "connection broke");
    }
  }
}
