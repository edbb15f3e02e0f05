package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.demo.DemoFault.Type;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentServerTest {
  private static final FaultSchedule FAULTS =
      FaultSchedule.once(
          List.of(
              new DemoFault(Type.MISSING_SEGMENT, 4, 2),
              new DemoFault(Type.PACKET_LOSS, 6, 2),
              new DemoFault(Type.STALE_PLAYLIST, 20, 10)));

  private final Path folder;
  private final AtomicReference<Double> clock = new AtomicReference<>(0.0);

  SegmentServerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void segmentOfTheFault_isMissingInItsRenditionAlone() throws Exception {
    write("180p/000002.ts", new byte[188]);
    write("360p/000002.ts", new byte[188]);
    try (SegmentServer server = new SegmentServer(folder, () -> FAULTS, clock::get)) {
      assertThat(get(server, "180p/000002.ts").statusCode()).isEqualTo(404);
      assertThat(get(server, "360p/000002.ts").statusCode()).isEqualTo(200);
      assertThat(get(server, "../secret").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void packetLoss_removesWholePacketsOfOneSegment() throws Exception {
    byte[] segment = new byte[188 * 100];
    for (int i = 0; i < segment.length; i++) {
      segment[i] = (byte) (i / 188);
    }
    write("360p/000003.ts", segment);
    write("360p/000004.ts", segment);
    try (SegmentServer server = new SegmentServer(folder, () -> FAULTS, clock::get)) {
      byte[] damaged = get(server, "360p/000003.ts").body();
      // Packet 74 is the only multiple of 37 behind the spared ones.
      assertThat(damaged).hasSize(188 * 99);
      assertThat(damaged[73 * 188]).isEqualTo((byte) 73);
      assertThat(damaged[74 * 188]).isEqualTo((byte) 75);
      assertThat(get(server, "360p/000004.ts").body()).isEqualTo(segment);
    }
  }

  @Test
  void playlist_standsStillWhileTheFaultLasts() throws Exception {
    try (SegmentServer server = new SegmentServer(folder, () -> FAULTS, clock::get)) {
      write("180p/index.m3u8", new byte[] {1});
      clock.set(20.0);
      assertThat(get(server, "180p/index.m3u8").body()).containsExactly(1);
      write("180p/index.m3u8", new byte[] {2});
      clock.set(29.0);
      assertThat(get(server, "180p/index.m3u8").body()).containsExactly(1);
      clock.set(30.0);
      assertThat(get(server, "180p/index.m3u8").body()).containsExactly(2);
    }
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, bytes);
  }

  private static HttpResponse<byte[]> get(SegmentServer server, String path)
      throws IOException, InterruptedException {
    URI address = URI.create(server.master().toString().replace("master.m3u8", path));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }
  }
}
