package io.aircheck.media.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that cannot be had: one line that says what, where and what to do, and no long wait. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusedInputTest {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

  /** Where something else is said before: a name is looked up, a certificate shown. */
  private static final Duration LONG_READ_TIMEOUT = Duration.ofSeconds(20);

  private final MediaSources sources = MediaSources.installed();

  private void assertRefused(String uri, Reason reason, String words) {
    SourceRequest request =
        SourceRequest.of(uri)
            .withReadTimeout(reason == Reason.TIMEOUT ? READ_TIMEOUT : LONG_READ_TIMEOUT);
    assertThatThrownBy(
            () -> {
              try (MediaSource source = sources.open(request)) {
                source.next();
              }
            })
        .isInstanceOfSatisfying(
            MediaException.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .message()
        .contains(words, "; ")
        .doesNotContain("\n", "token=secret");
  }

  @Test
  void open_emptyFile_saysThatItIsEmpty(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.mp4"));

    assertRefused(empty.toString(), Reason.INVALID_DATA, empty + ": is empty");
  }

  @Test
  void open_folderWithoutPlaylist_saysThatItIsAFolder(@TempDir Path folder) {
    assertRefused(folder.toString(), Reason.UNSUPPORTED, "is a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.ts", "a.m3u8", "a.mpd", "unnamed"})
  void open_unknownHost_saysSo(String name) {
    assertRefused(
        "http://host.invalid/" + name + "?token=secret", Reason.NOT_FOUND, "unknown host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "srt", "rtmp", "rtsp"})
  void open_unknownHostOfOtherProtocols_saysSo(String scheme) {
    assertRefused(
        scheme + "://host.invalid:9000/a?token=secret", Reason.NOT_FOUND, ": unknown host; ");
  }

  @ParameterizedTest
  @CsvSource({"http", "tcp", "rtmp", "rtsp"})
  void open_portWithoutServer_saysThatNothingAnswersThere(String scheme) throws IOException {
    int port;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }
    assertRefused(
        "%s://127.0.0.1:%d/a?token=secret".formatted(scheme, port),
        Reason.NOT_FOUND,
        ": connection refused; nothing answers there");
  }

  @ParameterizedTest
  @CsvSource({
    "http:/host/a.m3u8, no such file",
    "http:/host/a.mp4, no such file",
    "http://, http://: not a valid address",
    "http://127.0.0.1/a b.mp4, not a valid address",
    "srt://127.0.0.1, not a valid address"
  })
  void open_addressWithAMistake_namesItAndSaysSo(String address, String words) {
    assertRefused(address, Reason.NOT_FOUND, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.ts", "a.m3u8", "a.mpd", "unnamed"})
  void open_selfSignedCertificate_isNotTrusted(String name, @TempDir Path folder) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
    server.start();
    try {
      assertRefused(
          "https://localhost:%d/%s".formatted(server.getAddress().getPort(), name),
          Reason.DENIED,
          "its certificate is not trusted");
    } finally {
      server.stop(0);
    }
  }

  private static SSLContext selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "password")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      keys.load(bytes, "password".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "password".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** Accepts connections; answers with a text and then, if told to, a byte now and then. */
  private static ServerSocket serve(String answer, boolean trickle) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listener.isClosed()) {
                try {
                  Socket socket = listener.accept();
                  Thread.ofVirtual().start(() -> answer(socket, answer, trickle));
                } catch (IOException closed) {
                  return;
                }
              }
            });
    return listener;
  }

  private static void answer(Socket socket, String answer, boolean trickle) {
    try (socket) {
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      while (trickle) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        socket.getOutputStream().write('#');
      }
      // Silent until the client goes away.
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // The client had enough.
    }
  }

  /** Those that are waited for are waited for at the same time, and with nothing else beside. */
  @Nested
  class ServerWithoutAnAnswer {
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
      "http, a.ts",
      "http, a.m3u8",
      "http, a.mpd",
      "http, unnamed",
      "https, a.ts",
      "https, a.m3u8",
      "rtmp, live/a",
      "rtsp, a",
      "tcp, ''"
    })
    void open_serverThatNeverAnswers_timesOut(String scheme, String path) throws Exception {
      try (ServerSocket silent = serve("", false)) {
        assertRefused(
            "%s://127.0.0.1:%d/%s".formatted(scheme, silent.getLocalPort(), path),
            Reason.TIMEOUT,
            "");
      }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"a.ts", "a.m3u8", "a.mpd", "a.mp4"})
    void open_serverThatTrickles_timesOut(String name) throws Exception {
      String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n#EXTM3U\n";
      try (ServerSocket slow = serve(head, true)) {
        assertRefused(
            "http://127.0.0.1:%d/%s".formatted(slow.getLocalPort(), name), Reason.TIMEOUT, "");
      }
    }
  }
}
