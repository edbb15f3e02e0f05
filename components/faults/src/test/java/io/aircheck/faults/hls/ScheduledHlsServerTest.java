package io.aircheck.faults.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledHlsServerTest {
  private final AtomicLong nowSeconds = new AtomicLong();

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private ScheduledHlsServer start(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("live"));
    Files.writeString(folder.resolve("live/a.m3u8"), "first");
    Files.writeString(folder.resolve("live/b.m3u8"), "second");
    PlaylistSchedule schedule =
        new PlaylistSchedule(
            List.of(
                new PlaylistSchedule.Step(4, Path.of("live/b.m3u8")),
                new PlaylistSchedule.Step(0, Path.of("live/a.m3u8"))));
    return ScheduledHlsServer.start(folder, "live/index.m3u8", schedule, nowSeconds::get);
  }

  @Test
  void liveUri_asTimePasses_servesTheVersionOfTheTime(@TempDir Path folder) throws Exception {
    try (ScheduledHlsServer server = start(folder)) {
      HttpResponse<String> before = get(server.liveUri());
      nowSeconds.set(4);
      HttpResponse<String> after = get(server.liveUri());

      assertThat(server.liveUri().getPath()).isEqualTo("/live/index.m3u8");
      assertThat(before.body()).isEqualTo("first");
      assertThat(before.headers().firstValue("Content-Type"))
          .contains("application/vnd.apple.mpegurl");
      assertThat(after.body()).isEqualTo("second");
    }
  }

  @Test
  void uri_missingOrOutsideTheFolder_is404(@TempDir Path folder) throws Exception {
    try (ScheduledHlsServer server = start(folder)) {
      assertThat(get(server.uri("live/c.m3u8")).statusCode()).isEqualTo(404);
      assertThat(get(server.uri("%2e%2e/%2e%2e/etc/hostname")).statusCode()).isEqualTo(404);
    }
  }
}
