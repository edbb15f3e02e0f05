package io.aircheck.media.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.RequestLog.Exchange;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestJournalTest {
  private static final URI PLAYLIST = URI.create("http://cdn.example/v0.m3u8?hdnts=exp=1~hmac=abc");
  private static final HttpHeaders NO_HEADERS = headers(Map.of());

  private final AtomicLong now = new AtomicLong(1000);
  private final RequestJournal journal = new RequestJournal(now::get);

  private static HttpHeaders headers(Map<String, List<String>> headers) {
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  @Test
  void answered_headers_areThoseOfDeliveryWithoutCookies() {
    now.set(1030);
    journal.answered(
        PLAYLIST,
        1000,
        503,
        headers(
            Map.of("X-Cache", List.of("MISS"), "Age", List.of("7"), "Set-Cookie", List.of("s=1"))));

    assertThat(journal.latest())
        .containsExactly(
            new Exchange(
                1000,
                "http://cdn.example/v0.m3u8?hdnts=***",
                503,
                30,
                Map.of("x-cache", "MISS", "age", "7"),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void playlist_unchanged_isKeptOnce() {
    for (String text : List.of("#EXTM3U\n1", "#EXTM3U\n1", "#EXTM3U\n2")) {
      journal.answered(PLAYLIST, 1000, 200, NO_HEADERS);
      journal.answered(URI.create("http://cdn.example/1.ts"), 1000, 200, NO_HEADERS);
      journal.playlist(PLAYLIST, text);
    }

    assertThat(journal.latest()).hasSize(6);
    assertThat(journal.latest().stream().map(Exchange::playlist))
        .containsExactly(
            Optional.of("#EXTM3U\n1"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("#EXTM3U\n2"),
            Optional.empty());
  }

  @Test
  void playlist_secrets_areTakenOut() {
    journal.playlist(
        PLAYLIST,
        """
        #EXT-X-KEY:METHOD=AES-128,URI="data:text/plain;base64,c2VjcmV0"
        #EXT-X-MAP:URI="https://user:word@cdn.example/init.mp4?token=t0p&part=1"
        seg1.ts?Signature=abc&x=1
        <BaseURL>https://cdn.example/?sig=abc</BaseURL><Period/>\
        """);

    assertThat(journal.latest().getFirst().playlist())
        .hasValue(
            """
            #EXT-X-KEY:METHOD=AES-128,URI="data:***"
            #EXT-X-MAP:URI="https://cdn.example/init.mp4?token=***&part=1"
            seg1.ts?Signature=***&x=1
            <BaseURL>https://cdn.example/?sig=***</BaseURL><Period/>\
            """);
  }

  @Test
  void latest_manyAndLongPlaylists_isBounded() {
    for (int i = 0; i < 100; i++) {
      journal.answered(PLAYLIST, i, 200, NO_HEADERS);
      journal.playlist(PLAYLIST, i + "x".repeat(100_000));
    }

    List<Exchange> latest = journal.latest();
    assertThat(latest.size()).isLessThanOrEqualTo(48);
    assertThat(latest.stream().mapToInt(e -> e.playlist().map(String::length).orElse(0)).sum())
        .isLessThanOrEqualTo(256 << 10)
        .isPositive();
    assertThat(latest.getLast().playlist().orElseThrow()).startsWith("99x").endsWith("[cut off]\n");
  }

  @Test
  void client_serverThatRefusesAndIsGone_isNoted() throws Exception {
    URI gone;
    try (ScriptedServer server = new ScriptedServer()) {
      gone = server.uri("/a.ts");
      ResourceClient client =
          new ResourceClient(gone, Map.of(), Duration.ofSeconds(5), AddressRule.ANY, journal);
      server.put(
          "/a.ts",
          new ScriptedServer.Answer(
              404, Map.of("X-Cache", "MISS"), "none".getBytes(StandardCharsets.UTF_8)));
      assertFails(client, gone);
      server.close();
      assertFails(client, gone);
    }

    assertThat(journal.latest()).extracting(Exchange::status).containsExactly(404, 0);
    assertThat(journal.latest().getFirst().headers()).containsEntry("x-cache", "MISS");
    assertThat(journal.latest().getLast().failure()).isPresent();
  }

  private static void assertFails(ResourceClient client, URI uri) {
    try (Resource resource = client.open(uri, Optional.empty())) {
      throw new AssertionError("answered: " + resource);
    } catch (ResourceException expected) {
      // What is noted of it is looked at afterwards.
    }
  }
}
