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
import java.util.Arrays;
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
  void packetLoss_removesWholePacketsOfThePictureOfOneSegment() throws Exception {
    byte[] segment = new byte[188 * 120];
    for (int packet = 0; packet < 120; packet++) {
      Arrays.fill(segment, packet * 188, (packet + 1) * 188, (byte) packet);
      // Of the picture (0x100), but for packet 111: of the sound (0x101).
      segment[packet * 188 + 1] = 1;
      segment[packet * 188 + 2] = (byte) (packet == 111 ? 1 : 0);
    }
    write("360p/000003.ts", segment);
    write("360p/000004.ts", segment);
    try (SegmentServer server = new SegmentServer(folder, () -> FAULTS, clock::get)) {
      byte[] damaged = get(server, "360p/000003.ts").body();
      // Packets 74 and 111 are the multiples of 37 behind the spared ones.
      assertThat(damaged).hasSize(188 * 119);
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
