package io.aircheck.media.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TransportSignal;
import io.aircheck.core.media.TransportSignal.Indicator;
import io.aircheck.media.adaptive.AdaptiveSourceFactory;
import io.aircheck.media.adaptive.HlsTestMedia;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the transport stream of HLS segments reveals, and what is no defect there. */
class SegmentTransportTest {
  private static final int PACKET = 188;

  private static List<TransportSignal> signals(Path playlist) throws Exception {
    List<TransportSignal> signals = new ArrayList<>();
    try (MediaSource source =
        new AdaptiveSourceFactory().open(SourceRequest.of(playlist.toString()))) {
      for (MediaEvent event = source.next();
          !(event instanceof MediaEvent.End);
          event = source.next()) {
        if (event instanceof MediaEvent.Transport transport) {
          signals.add(transport.signal());
        }
      }
    }
    return signals;
  }

  @Test
  void next_cleanSegments_revealNothing(@TempDir Path folder) throws Exception {
    assertThat(signals(HlsTestMedia.transportStream(folder, 4))).isEmpty();
  }

  @Test
  void next_packetMissingWithinASegment_isAContinuityError(@TempDir Path folder) throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 4);
    byte[] bytes = Files.readAllBytes(folder.resolve("seg2.ts"));
    int cut = bytes.length / PACKET / 2 * PACKET;
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - PACKET);
    System.arraycopy(bytes, cut + PACKET, shorter, cut, bytes.length - cut - PACKET);
    Files.write(folder.resolve("seg2.ts"), shorter);

    List<TransportSignal> signals = signals(playlist);

    assertThat(signals)
        .extracting(TransportSignal::indicator)
        .containsExactly(Indicator.CONTINUITY_COUNT);
    assertThat(signals.getFirst().ptsMicros()).isBetween(2_000_000L, 3_000_000L);
  }

  @Test
  void next_countersThatStartAfreshInEachSegment_areNoDefect(@TempDir Path folder)
      throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 4);
    for (int i = 1; i < 4; i++) {
      Path segment = folder.resolve("seg" + i + ".ts");
      byte[] bytes = Files.readAllBytes(segment);
      for (int at = 0; at < bytes.length; at += PACKET) {
        int control = bytes[at + 3];
        bytes[at + 3] = (byte) (control & 0xf0 | control + 5 * i & 0x0f);
      }
      Files.write(segment, bytes);
    }

    assertThat(signals(playlist)).isEmpty();
  }

  @Test
  void next_tablesOnlyAtTheStartOfASegment_areNoDefect(@TempDir Path folder) throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 3);
    for (int i = 0; i < 3; i++) {
      Path segment = folder.resolve("seg" + i + ".ts");
      byte[] bytes = Files.readAllBytes(segment);
      boolean[] seen = new boolean[8192];
      for (int at = 0; at < bytes.length; at += PACKET) {
        int pid = (bytes[at + 1] & 0x1f) << 8 | bytes[at + 2] & 0xff;
        boolean table = pid == 0 || pid == 0x1000;
        if (table && seen[pid]) {
          // Stuffing in its place: the null packet.
          bytes[at + 1] = 0x1f;
          bytes[at + 2] = (byte) 0xff;
        }
        seen[pid] = true;
      }
      Files.write(segment, bytes);
    }

    assertThat(signals(playlist)).isEmpty();
  }
}
