package io.aircheck.faults.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportDamageTest {
  private static final int VIDEO_PID = 256;
  private static final int AUDIO_PID = 257;
  private static final long FIRST_PTS = 126_000;

  @TempDir private Path folder;

  /** Ten seconds: every 100 ms the tables, a picture of four packets and a packet of sound. */
  private static byte[] stream() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      long pts = FIRST_PTS + i * 9_000L;
      bytes.writeBytes(packet(0, -1, 0));
      bytes.writeBytes(packet(VIDEO_PID, pts, 0xe0));
      for (int k = 0; k < 3; k++) {
        bytes.writeBytes(packet(VIDEO_PID, -1, 0));
      }
      bytes.writeBytes(packet(AUDIO_PID, pts, 0xc0));
    }
    return bytes.toByteArray();
  }

  private static byte[] packet(int pid, long pts, int streamId) {
    byte[] packet = new byte[188];
    packet[0] = 0x47;
    packet[1] = (byte) (pid >> 8 | (pts >= 0 ? 0x40 : 0));
    packet[2] = (byte) pid;
    packet[3] = 0x30;
    packet[4] = 7;
    packet[5] = (byte) (pts >= 0 && streamId == 0xe0 ? 0x50 : 0);
    packet[14] = 1;
    packet[15] = (byte) streamId;
    packet[19] = (byte) (pts >= 0 ? 0x80 : 0);
    packet[21] = (byte) (0x21 | pts >> 29 & 0x0e);
    packet[22] = (byte) (pts >> 22);
    packet[23] = (byte) (pts >> 14 | 1);
    packet[24] = (byte) (pts >> 7);
    packet[25] = (byte) (pts << 1 | 1);
    return packet;
  }

  private List<InjectedEvent> damage(String... requests) throws IOException {
    Path from = folder.resolve("from.ts");
    Files.write(from, stream());
    return TransportDamage.copy(
        from, output(), Stream.of(requests).map(FaultRequest::parse).toList());
  }

  private Path output() {
    return folder.resolve("to.ts");
  }

  /** Packets per PID. */
  private long count(int pid) throws IOException {
    return packets().stream().filter(packet -> packet.pid() == pid).count();
  }

  private List<TransportPacket> packets() throws IOException {
    byte[] bytes = Files.readAllBytes(output());
    List<TransportPacket> packets = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += 188) {
      TransportPacket packet = new TransportPacket();
      System.arraycopy(bytes, at, packet.bytes(), 0, 188);
      packets.add(packet);
    }
    return packets;
  }

  @Test
  void noFault_copiesByteForByte() throws IOException {
    assertThat(damage("black@1+1")).isEmpty();
    assertThat(Files.readAllBytes(output())).isEqualTo(stream());
  }

  @Test
  void gap_losesPicturesAndSound_notTables() throws IOException {
    List<InjectedEvent> events = damage("timestamp_gap@2+1.5");
    assertThat(count(VIDEO_PID)).isEqualTo(85 * 4);
    assertThat(count(AUDIO_PID)).isEqualTo(85);
    assertThat(count(0)).isEqualTo(100);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().kind()).isEqualTo("ts_gap");
    assertThat(events.getFirst().parameters()).containsEntry("packets_removed", 75);
  }

  @Test
  void audioMissing_losesSoundOnly() throws IOException {
    damage("audio_missing@2+1");
    assertThat(count(VIDEO_PID)).isEqualTo(400);
    assertThat(count(AUDIO_PID)).isEqualTo(90);
  }

  @Test
  void patMissing_losesTablesOnly() throws IOException {
    damage("pat_missing@2+1");
    assertThat(count(0)).isEqualTo(90);
    assertThat(count(VIDEO_PID)).isEqualTo(400);
  }

  @Test
  void packetLoss_losesAtLeastOne_andToldAsManyAsItLost() throws IOException {
    List<InjectedEvent> events = damage("packet_loss@2+3,rate=0.000001");
    assertThat(count(VIDEO_PID)).isEqualTo(399);
    assertThat(events.getFirst().parameters())
        .containsEntry("packets_hit", 1)
        .containsEntry("hit_times", List.of(2.0));
  }

  @Test
  void jump_shiftsEveryTimeFromThereOn() throws IOException {
    List<InjectedEvent> events = damage("timestamp_jump@2+1,seconds=-1");
    List<Long> pictures =
        packets().stream()
            .filter(packet -> packet.pid() == VIDEO_PID && packet.pts() >= 0)
            .map(TransportPacket::pts)
            .toList();
    assertThat(pictures.get(19)).isEqualTo(FIRST_PTS + 19 * 9_000);
    assertThat(pictures.get(20)).isEqualTo(FIRST_PTS + 10 * 9_000);
    assertThat(pictures.get(99)).isEqualTo(FIRST_PTS + 89 * 9_000);
    assertThat(events.getFirst().startSeconds()).isEqualTo(2.0);
  }

  @Test
  void file_thatIsNoTransportStream_isRefused() throws IOException {
    Path from = folder.resolve("from.ts");
    Files.write(from, new byte[1_000]);
    assertThatThrownBy(() -> TransportDamage.copy(from, output(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not an MPEG transport stream");
  }
}
