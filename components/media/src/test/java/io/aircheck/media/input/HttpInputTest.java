package io.aircheck.media.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.resource.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpInputTest {
  private final ScriptedServer server;

  HttpInputTest() throws IOException {
    server = new ScriptedServer();
    server.put("/inner", "media");
    server.put("/moved", new ScriptedServer.Answer(302, Map.of("Location", "/inner"), new byte[0]));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private SourceRequest moved() {
    return SourceRequest.of(server.uri("/moved").toString());
  }

  @Test
  void open_redirect_isFollowed() throws Exception {
    try (HttpInput input = HttpInput.open(moved())) {
      byte[] bytes = new byte[5];
      assertThat(input.read(bytes, 0, 5)).isEqualTo(5);
      assertThat(bytes).isEqualTo("media".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void read_connectionThatStaysOpenAndSilent_isGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Socket connection = silent.accept()) {
                      connection
                          .getOutputStream()
                          .write("HTTP/1.1 200 OK\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII));
                      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException closed) {
                      // The test is over.
                    }
                  });
      SourceRequest plain = SourceRequest.of("http://127.0.0.1:" + silent.getLocalPort() + "/");
      SourceRequest request =
          new SourceRequest(
              plain.uri(),
              plain.rendition(),
              plain.resumeFrom(),
              plain.originMicros(),
              Duration.ofSeconds(1),
              plain.decryptionKeys(),
              plain.headers(),
              plain.recorded(),
              plain.addresses());
      try (HttpInput input = HttpInput.open(request)) {
        byte[] bytes = new byte[5];
        assertThat(input.read(bytes, 0, 5)).isEqualTo(3);

        assertThatThrownBy(() -> input.read(bytes, 0, 5))
            .isInstanceOfSatisfying(
                MediaException.class,
                e -> assertThat(e.reason()).isEqualTo(MediaException.Reason.TIMEOUT))
            .hasMessageContaining("no data for 3.0 s");
      }
      server.join();
    }
  }

  @Test
  void open_redirectToAddressThatIsNotAllowed_isRefusedUnasked() {
    SourceRequest request =
        moved()
            .withAddresses(
                uri -> uri.endsWith("/inner") ? Optional.of("not allowed") : Optional.empty());

    assertThatThrownBy(() -> HttpInput.open(request))
        .isInstanceOfSatisfying(
            MediaException.class,
            e -> assertThat(e.reason()).isEqualTo(MediaException.Reason.DENIED))
        .hasMessageContaining("not allowed");
    assertThat(server.asked).hasSize(1);
  }
}
