package io.aircheck.media.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.MediaException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceClientTest {
  private final ScriptedServer server;

  ResourceClientTest() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private ResourceClient client(URI input, Map<String, String> headers) {
    return new ResourceClient(input, headers, Duration.ofSeconds(5), AddressRule.ANY);
  }

  private String get(ResourceClient client, URI uri) throws ResourceException {
    try (Resource resource = client.open(uri, Optional.empty())) {
      return new String(client.read(resource, 1000), StandardCharsets.UTF_8);
    }
  }

  @Test
  void open_redirects_areFollowedAndTheLastAddressIsTold() throws Exception {
    server.put("/b/c", "text");
    server.put("/a", new ScriptedServer.Answer(302, Map.of("Location", "b/c"), new byte[0]));
    ResourceClient client = client(server.uri("/a"), Map.of());

    try (Resource resource = client.open(server.uri("/a"), Optional.empty())) {
      assertThat(resource.uri()).isEqualTo(server.uri("/b/c"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/inner", "/redirected"})
  void open_addressThatIsNotAllowed_isNotAskedFor(String path) throws Exception {
    server.put("/inner", "secrets");
    server.put(
        "/redirected", new ScriptedServer.Answer(302, Map.of("Location", "/inner"), new byte[0]));
    AddressRule rule =
        uri -> uri.endsWith("/inner") ? Optional.of("inner is not allowed") : Optional.empty();
    ResourceClient client =
        new ResourceClient(server.uri("/"), Map.of(), Duration.ofSeconds(5), rule);

    assertThatThrownBy(() -> get(client, server.uri(path)))
        .isInstanceOfSatisfying(
            ResourceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DENIED))
        .hasMessage("inner is not allowed");
    assertThat(server.asked).noneMatch(asked -> asked.path().equals("/inner"));
  }

  @Test
  void open_fileThatIsNotAllowed_isNotRead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("segment.ts"), "x");
    ResourceClient client =
        new ResourceClient(
            folder.toUri(), Map.of(), Duration.ofSeconds(5), path -> Optional.of("not allowed"));

    assertThatThrownBy(() -> get(client, file.toUri())).hasMessage("not allowed");
  }

  @Test
  void open_endlessRedirects_areGivenUp() {
    server.put("/a", new ScriptedServer.Answer(302, Map.of("Location", "/a"), new byte[0]));

    assertThatThrownBy(() -> get(client(server.uri("/a"), Map.of()), server.uri("/a")))
        .hasMessage("too many redirects");
  }

  @Test
  void open_credentials_goToTheHostOfTheInputAlone() throws Exception {
    server.put("/a", "text");
    Map<String, String> headers = Map.of("Authorization", "secret", "X-Player", "p");

    get(client(server.uri("/a"), headers), server.uri("/a"));
    get(client(URI.create("http://elsewhere/"), headers), server.uri("/a"));

    assertThat(server.asked.get(0).headers()).containsEntry("Authorization", "secret");
    assertThat(server.asked.get(1).headers())
        .doesNotContainKey("Authorization")
        .containsEntry("X-player", "p");
  }

  @Test
  void read_gzip_isDecompressedWithinTheLimit() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[100_000]);
    }
    server.put(
        "/bomb",
        new ScriptedServer.Answer(200, Map.of("Content-Encoding", "gzip"), packed.toByteArray()));
    ResourceClient client = client(server.uri("/"), Map.of());

    try (Resource resource = client.open(server.uri("/bomb"), Optional.empty())) {
      assertThatThrownBy(() -> client.read(resource, 50_000))
          .isInstanceOfSatisfying(
              ResourceException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
    }
  }

  @Test
  void open_statusCodes_areTold() {
    server.put("/denied", new ScriptedServer.Answer(403, Map.of(), new byte[0]));
    ResourceClient client = client(server.uri("/"), Map.of());

    assertThatThrownBy(() -> get(client, server.uri("/none")))
        .isInstanceOfSatisfying(ResourceException.class, e -> assertThat(e.absent()).isTrue());
    assertThatThrownBy(() -> get(client, server.uri("/denied")))
        .isInstanceOfSatisfying(
            ResourceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DENIED));
  }

  @Test
  void read_bodyThatStalls_timesOut() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  OutputStream out = silent.accept().getOutputStream();
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"
                          .getBytes(StandardCharsets.US_ASCII));
                  out.flush();
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      ResourceClient client =
          new ResourceClient(uri, Map.of(), Duration.ofSeconds(2), AddressRule.ANY);

      assertThatThrownBy(() -> get(client, uri))
          .isInstanceOfSatisfying(
              ResourceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED));
    }
  }

  @Test
  void open_rangeFromServerWithoutRanges_isCutOut() throws Exception {
    server.put("/a", "0123456789");
    ResourceClient client = client(server.uri("/a"), Map.of());

    try (Resource resource = client.open(server.uri("/a"), Optional.of(new ByteSpan(2, 3)))) {
      assertThat(client.read(resource, 100)).asString().isEqualTo("234");
    }
  }
}
