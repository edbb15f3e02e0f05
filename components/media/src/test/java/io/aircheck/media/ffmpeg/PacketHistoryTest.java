package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Packets of 100 ms, whose presentation time is their number. */
class PacketHistoryTest {
  private final PacketHistory history = new PacketHistory();

  @BeforeAll
  static void load() {
    Natives.require();
  }

  @AfterEach
  void close() {
    history.close();
  }

  private void add(int number, boolean key, int bytes) {
    AVPacket packet = avcodec.av_packet_alloc();
    avcodec.av_new_packet(packet, bytes);
    packet.pts(number);
    history.add(packet, key, number * 100_000L);
  }

  private List<Long> taken() {
    List<AVPacket> packets = history.take();
    List<Long> numbers = packets.stream().map(AVPacket::pts).toList();
    packets.forEach(avcodec::av_packet_free);
    return numbers;
  }

  @Test
  void add_beforeTheFirstKeyPicture_isNotKept() {
    add(0, false, 10);
    assertThat(history.isEmpty()).isTrue();
    add(1, true, 10);
    add(2, false, 10);

    assertThat(taken()).containsExactly(1L, 2L);
    assertThat(history.isEmpty()).isTrue();
  }

  @Test
  void add_longerThanTheSpan_beginsWithTheKeyPictureBefore() {
    for (int number = 0; number < 300; number++) {
      add(number, number % 25 == 0, 10);
    }

    // 12 s before the last, 29.9 s, is 17.9 s.
    List<Long> taken = taken();
    assertThat(taken.getFirst()).isEqualTo(175);
    assertThat(taken).hasSize(125);
  }

  @Test
  void add_moreThanItsMemory_keepsTheLatestGroups() {
    for (int number = 0; number < 12; number++) {
      add(number, number % 3 == 0, 2 << 20);
    }

    assertThat(taken()).containsExactly(6L, 7L, 8L, 9L, 10L, 11L);
  }

  @Test
  void add_oneGroupAboveItsMemory_keepsNothingUntilTheNextKeyPicture() {
    for (int number = 0; number < 10; number++) {
      add(number, number == 0, 2 << 20);
    }
    assertThat(history.isEmpty()).isTrue();
    add(10, true, 10);

    assertThat(taken()).containsExactly(10L);
  }

  @Test
  void clear_withPackets_isEmpty() {
    add(0, true, 10);
    history.clear();

    assertThat(history.isEmpty()).isTrue();
  }
}
